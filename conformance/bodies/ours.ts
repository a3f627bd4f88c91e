import type { Fault } from '../../src/failure.ts';
import { hostFiles } from '../../src/host.ts';
import type { JsonObject } from '../../src/json.ts';
import type { AssetIds, ResolvedAsset } from '../../src/plan/deployment/assets.ts';
import { createBody } from '../../src/plan/deployment/desired.ts';
import { createBody as createEndpoint } from '../../src/plan/desired.ts';
import type { Asset, DeploymentSpec } from '../../src/spec/deployment/model.ts';
import { readEndpoint } from '../../src/spec/endpoint.ts';
import { readDeployment } from '../../src/spec/deployment/read.ts';
import type { Case } from './cases.ts';

const WORKSPACE =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ws';

/** The ids that stand for all assets that are not ids already, in both bodies. */
export const STAND_INS = {
  model: `${WORKSPACE}/models/stand-in/versions/1`,
  code: `${WORKSPACE}/codes/stand-in/versions/1`,
  environment: `${WORKSPACE}/environments/stand-in/versions/1`,
  data: `${WORKSPACE}/data`,
};

export interface OurReading {
  readonly text: string;
  /** From the working directory. */
  readonly file: string;
  readonly endpoints: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The body that we would send, or what we find wrong with the file. */
export async function ourBody(kind: Case['kind'], reading: OurReading): Promise<JsonObject | readonly Fault[]> {
  return kind === 'endpoint' ? endpointBody(reading) : deploymentBody(reading);
}

function endpointBody({ text, file, env = {} }: OurReading): JsonObject | readonly Fault[] {
  const { spec, faults } = readEndpoint(text, file, { env });
  return spec ? createEndpoint(spec, { location: 'westeurope', workspaceId: WORKSPACE }) : faults;
}

async function deploymentBody({ text, file, endpoints, env = {} }: OurReading): Promise<JsonObject | readonly Fault[]> {
  const { spec, faults } = await readDeployment(text, file, { files: hostFiles, endpoints, env });
  if (!spec) return faults;
  return createBody(spec, assetsOf(spec), { location: 'westeurope', keepCapacity: false });
}

function assetsOf({ model, code, environment, collected = {} }: DeploymentSpec): AssetIds {
  return {
    ...(model ? { model: resolved(model, STAND_INS.model) } : {}),
    ...(code ? { code: resolved(code, STAND_INS.code) } : {}),
    ...(environment ? { environment: resolved(environment, STAND_INS.environment) } : {}),
    collected: Object.fromEntries(
      Object.entries(collected).map(([name, data]) => [name, resolved(data, dataId(data))]),
    ),
  };
}

function resolved(asset: Asset<unknown>, standIn: string): ResolvedAsset {
  // The SDK expands a curated environment to an id of the workspace only when it sends, so it is a stand-in here.
  const id = asset.how === 'id' && !/^azureml:(?!\/\/)/i.test(asset.id) ? asset.id : standIn;
  return { id, shown: id };
}

function dataId(data: Asset<{ readonly name: string; readonly version: string }>): string {
  if (data.how !== 'inline') return STAND_INS.data;
  return `${STAND_INS.data}/${data.source.name}/versions/${data.source.version}`;
}
