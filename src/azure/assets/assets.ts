import type { Files, Position } from '../../deps.ts';
import { contentFaults } from '../../assets/faults.ts';
import type { Fault } from '../../failure.ts';
import { objectAt, textAt } from '../../json.ts';
import type { LiveDeployment } from '../../plan/live.ts';
import type { Asset, DeploymentSpec } from '../../spec/deployment/model.ts';
import { placeOf } from '../../spec/deployment/place.ts';
import type { Workspace } from '../connect.ts';
import type { DeploymentAsset, Found, Written } from './found.ts';
import { inlineCode } from './inline-code.ts';
import { inlineData } from './inline-data.ts';
import { inlineEnvironment } from './inline-environment.ts';
import { inlineModel } from './inline-model.ts';
import { findReference } from './references.ts';
import { openSession, type Session } from './session.ts';
import type { AssetKind } from './versions.ts';

/** The assets that a deployment's YAML names, each as Azure will know it. */
export interface DeploymentAssets {
  readonly model?: DeploymentAsset;
  readonly code?: DeploymentAsset;
  readonly environment?: DeploymentAsset;
  /** What its data collector writes to, by collection. */
  readonly collected?: Readonly<Record<string, DeploymentAsset>>;
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
   * Uploads and registers what Azure does not have yet: code, then environment, then model, then data assets.
   * @param within the workspace with the limits of this deployment
   * @param begin told the key of each in the YAML when its turn comes
   * @throws Failure, ServiceError or ConnectionError; the signal's reason when the job is cancelled
   */
  publish(assets: DeploymentAssets, within: Workspace, begin?: (key: string) => void): Promise<void>;
}

export function openAssets({ workspace, files }: { readonly workspace: Workspace; readonly files: Files }): Assets {
  const session = openSession(workspace, files);
  return {
    async identify(spec, live) {
      const has = liveIds(live);
      const [model, code, environment, collected] = await Promise.all([
        look(session, spec, 'model', spec.model, has.model, inlineModel),
        look(session, spec, 'code', spec.code, has.code, inlineCode),
        look(session, spec, 'environment', spec.environment, has.environment, inlineEnvironment),
        lookForCollected(session, spec, live),
      ]);
      return {
        assets: {
          ...(model.asset && { model: model.asset }),
          ...(code.asset && { code: code.asset }),
          ...(environment.asset && { environment: environment.asset }),
          ...(spec.collected && { collected: collected.assets }),
        },
        faults: [...model.faults, ...code.faults, ...environment.faults, ...collected.faults],
      };
    },
    async publish({ code, environment, model, collected = {} }, within, begin = () => {}) {
      const data = Object.entries(collected).map(([name, asset]) => [collectionKey(name), asset] as const);
      const inOrder = [
        [PLACES.code.key, code],
        [PLACES.environment.key, environment],
        [PLACES.model.key, model],
        ...data,
      ] as const;
      for (const [key, asset] of inOrder) {
        begin(key);
        await asset?.make?.(within);
      }
    },
  };
}

/** Where each asset stands in ARM and in the YAML. */
const PLACES = {
  model: { kind: 'models', key: 'model' },
  code: { kind: 'codes', key: 'code_configuration.code' },
  environment: { kind: 'environments', key: 'environment' },
} as const satisfies Record<Which, Place>;

type Which = 'model' | 'code' | 'environment';

interface Place {
  readonly kind: AssetKind;
  readonly key: string;
  /** Where the asset itself is written, if not at the key. */
  readonly value?: string;
}

interface Sought {
  readonly asset?: DeploymentAsset;
  readonly faults: readonly Fault[];
}

type Inline<Source> = (
  session: Session,
  source: Source,
  liveId: string | undefined,
  written: Written,
) => Promise<Found>;

async function look<Source>(
  session: Session,
  spec: DeploymentSpec,
  which: Which,
  wanted: Asset<Source> | undefined,
  liveId: string | undefined,
  inline: Inline<Source>,
): Promise<Sought> {
  return wanted ? lookAt(session, spec, PLACES[which], wanted, liveId, inline) : { faults: [] };
}

async function lookAt<Source>(
  session: Session,
  spec: DeploymentSpec,
  { kind, key, value = key }: Place,
  wanted: Asset<Source>,
  liveId: string | undefined,
  inline: Inline<Source>,
): Promise<Sought> {
  const written: Written = (below) => spec.placeholders.get(below === undefined ? value : `${value}.${below}`);
  try {
    const found = await (wanted.how === 'inline'
      ? inline(session, wanted.source, liveId, written)
      : findReference(session, kind, wanted, liveId, written()));
    if ('asset' in found) return { asset: found.asset, faults: [] };
    return { faults: [{ ...place(spec, key, found.at), message: found.fault }] };
  } catch (error) {
    return { faults: contentFaults(error).map((message) => ({ ...place(spec, key, 'path', 'build.path'), message })) };
  }
}

async function lookForCollected(
  session: Session,
  spec: DeploymentSpec,
  live: LiveDeployment | undefined,
): Promise<{ assets: Record<string, DeploymentAsset>; faults: readonly Fault[] }> {
  const collections = objectAt(objectAt(objectAt(live ?? {}, 'properties'), 'dataCollector'), 'collections');
  const found = await Promise.all(
    Object.entries(spec.collected ?? {}).map(async ([name, wanted]) => {
      const key = collectionKey(name);
      const where = { kind: 'data', key, value: `${key}.data` } as const;
      const liveId = textAt(objectAt(collections, name), 'dataId');
      return { name, ...(await lookAt(session, spec, where, wanted, liveId, inlineData)) };
    }),
  );
  return {
    assets: Object.fromEntries(found.flatMap(({ name, asset }) => (asset ? [[name, asset]] : []))),
    faults: found.flatMap(({ faults }) => faults),
  };
}

function collectionKey(name: string): string {
  return `data_collector.collections.${name}`;
}

/** The place of the first that the YAML has, of the keys below the asset and the asset itself. */
function place(spec: DeploymentSpec, key: string, ...below: readonly (string | undefined)[]): Partial<Position> {
  return placeOf(spec, ...below.flatMap((each) => (each ? [`${key}.${each}`] : [])), key);
}

function liveIds(live: LiveDeployment | undefined): Record<Which, string | undefined> {
  const properties = objectAt(live ?? {}, 'properties');
  return {
    model: textAt(properties, 'model'),
    code: textAt(objectAt(properties, 'codeConfiguration'), 'codeId'),
    environment: textAt(properties, 'environmentId'),
  };
}
