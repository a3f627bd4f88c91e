import { modelName } from '../../assets/names.ts';
import { type JsonObject, objectAt, textAt } from '../../json.ts';
import { sameAsset } from '../../plan/deployment/assets.ts';
import { MODEL_TYPES } from '../../spec/deployment/asset-keys.ts';
import type { ModelSource } from '../../spec/deployment/model.ts';
import type { Found } from './found.ts';
import { materialOf } from './local.ts';
import { anonymous, type Described, nextOrSame, versioned } from './registering.ts';
import type { Session } from './session.ts';
import { getVersion, versionId } from './versions.ts';

/** The file that tells an MLflow model from any other folder. */
const MLFLOW_FILE = 'MLmodel';

/** What Azure and azure-ai-ml take where none is named. */
const DEFAULT_TYPE = 'custom_model';

/** A model that the YAML describes. Source: azure-ai-ml `entities/_assets/_artifacts/model.py`. @throws as `materialOf` does */
export async function inlineModel(session: Session, source: ModelSource, liveId: string | undefined): Promise<Found> {
  const material = await materialOf(session, source.content);
  const { local, identity, shown } = material;
  if (source.type === 'mlflow_model' && local && !local.files.some(({ name }) => name === MLFLOW_FILE)) {
    return { fault: `${local.path} has no file ${MLFLOW_FILE}, which an mlflow_model needs at its top`, at: 'path' };
  }
  const isAt = (properties: JsonObject): boolean => material.isAt(textAt(properties, 'modelUri') ?? '');
  const described: Described = {
    kind: 'models',
    identity: `${identity} ${source.type}`,
    shown,
    isSame: (properties) => isAt(properties) && typeOf(properties) === source.type,
    otherType: (properties) => (typeOf(properties) === source.type ? undefined : typeOf(properties)),
    async properties(version, within) {
      const { description, tags = {}, properties = {} } = source;
      return {
        ...(description !== undefined && { description }),
        ...{ tags, properties },
        modelType: source.type,
        modelUri: await material.address('azureml', version, within),
        isAnonymous: source.name === undefined,
        isArchived: false,
      };
    },
  };
  if (source.name === undefined) return unnamed(session, described, { ...source, identity }, liveId);
  return source.version === undefined
    ? nextOrSame(session, described, source.name)
    : versioned(session, described, source.name, source.version);
}

/**
 * azure-ai-ml names a model by its content alone, whatever its type is. Ours do so too where the type is the default; others
 * have a name of their own, so that a changed type is another model. One that live carries under the name of azure-ai-ml
 * stays where it is if its type is right.
 */
async function unnamed(
  session: Session,
  described: Described,
  { type, identity }: Pick<ModelSource, 'type'> & { readonly identity: string },
  liveId: string | undefined,
): Promise<Found> {
  const shared = { kind: 'models', name: modelName(identity), version: '1' } as const;
  if (type === DEFAULT_TYPE) return anonymous(session, described, shared, liveId);
  if (liveId !== undefined && sameAsset(versionId(session.workspace, shared), liveId)) {
    const live = await session.once(`version ${liveId.toLowerCase()}`, () => getVersion(session.workspace, shared));
    if (described.isSame(objectAt(live ?? {}, 'properties'))) return { asset: { id: liveId, shown: described.shown } };
  }
  return anonymous(session, described, { name: modelName(`${identity} ${type}`), version: '1' }, liveId);
}

/** In the spelling of the YAML; older versions of Azure's API say `MLFlowModel`. */
function typeOf(properties: JsonObject): string {
  const type = textAt(properties, 'modelType') ?? DEFAULT_TYPE;
  return (
    Object.keys(MODEL_TYPES).find((known) => known.replace('_', '') === type.replace('_', '').toLowerCase()) ?? type
  );
}
