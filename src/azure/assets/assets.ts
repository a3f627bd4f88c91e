import type { Files, Position } from '../../deps.ts';
import { Failure, type Fault } from '../../failure.ts';
import { objectAt, textAt } from '../../json.ts';
import type { LiveDeployment } from '../../plan/live.ts';
import type { Asset, DeploymentSpec } from '../../spec/deployment/model.ts';
import type { Workspace } from '../connect.ts';
import type { DeploymentAsset, Found } from './found.ts';
import { findReference } from './references.ts';
import { openSession, type Session } from './session.ts';
import type { AssetKind } from './versions.ts';

/** The assets that a deployment's YAML names, each as Azure will know it. */
export interface DeploymentAssets {
  readonly model?: DeploymentAsset;
  readonly code?: DeploymentAsset;
  readonly environment?: DeploymentAsset;
}

export interface Identified {
  readonly assets: DeploymentAssets;
  /** What Azure does not have or would refuse, each at its key in the YAML. Such an asset is not among `assets`. */
  readonly faults: readonly Fault[];
}

/** Models, codes and environments of one run. What several deployments name is looked up, uploaded and registered once. */
export interface Assets {
  /**
   * Finds out the ids of a deployment's assets: of references by looking, of local files by their content. Writes nothing,
   * and asks Azure only for what the live deployment does not show.
   * @throws ServiceError or ConnectionError
   */
  identify(spec: DeploymentSpec, live: LiveDeployment | undefined): Promise<Identified>;
  /**
   * Uploads and registers what Azure does not have yet: code, then environment, then model.
   * @throws Failure, ServiceError or ConnectionError; the signal's reason when the job is cancelled
   */
  publish(assets: DeploymentAssets): Promise<void>;
}

export function openAssets({ workspace, files }: { readonly workspace: Workspace; readonly files: Files }): Assets {
  const session = openSession(workspace, files);
  return {
    async identify(spec, live) {
      const shown = liveIds(live);
      const [model, code, environment] = await Promise.all([
        find(session, spec, 'model', 'models', spec.model, shown.model),
        find(session, spec, 'code', 'codes', spec.code, shown.code),
        find(session, spec, 'environment', 'environments', spec.environment, shown.environment),
      ]);
      return {
        assets: {
          ...(model.asset && { model: model.asset }),
          ...(code.asset && { code: code.asset }),
          ...(environment.asset && { environment: environment.asset }),
        },
        faults: [...model.faults, ...code.faults, ...environment.faults],
      };
    },
    async publish({ code, environment, model }) {
      await code?.make?.();
      await environment?.make?.();
      await model?.make?.();
    },
  };
}

interface Sought {
  readonly asset?: DeploymentAsset;
  readonly faults: readonly Fault[];
}

/** @param which the asset's key in the YAML */
async function find(
  session: Session,
  spec: DeploymentSpec,
  which: 'model' | 'code' | 'environment',
  kind: AssetKind,
  wanted: Asset<unknown> | undefined,
  liveId: string | undefined,
): Promise<Sought> {
  if (!wanted) return { faults: [] };
  const key = which === 'code' ? 'code_configuration.code' : which;
  if (wanted.how === 'inline') throw new Failure(`${which} of ${spec.name}: local files cannot be uploaded yet`);
  const found = await findReference(session, kind, wanted, liveId);
  if ('asset' in found) return { asset: found.asset, faults: [] };
  return { faults: [placed(spec, key, found)] };
}

function placed(
  { positions, file }: DeploymentSpec,
  key: string,
  { fault, at }: Extract<Found, { fault: string }>,
): Fault {
  const place: Partial<Position> | undefined = (at && positions.get(`${key}.${at}`)) || positions.get(key);
  return { ...(place ?? { file }), message: fault };
}

function liveIds(live: LiveDeployment | undefined): { model?: string; code?: string; environment?: string } {
  const properties = objectAt(live ?? {}, 'properties');
  const model = textAt(properties, 'model');
  const code = textAt(objectAt(properties, 'codeConfiguration'), 'codeId');
  const environment = textAt(properties, 'environmentId');
  return { ...(model && { model }), ...(code && { code }), ...(environment && { environment }) };
}
