import { modelName } from '../../assets/names.ts';
import { type JsonObject, objectAt, textAt } from '../../json.ts';
import { MODEL_TYPES } from '../../spec/deployment/asset-keys.ts';
import type { ModelSource } from '../../spec/deployment/model.ts';
import type { Found, Written } from './found.ts';
import { type Material, materialOf } from './local.ts';
import { anonymous, type Described, isLive, knownVersion, nextOrSame, versioned } from './registering.ts';
import type { Session } from './session.ts';
import { type Version, versionId } from './versions.ts';

/** What Azure and azure-ai-ml take where none is named. */
const DEFAULT_TYPE = 'custom_model';

/** A model that the YAML describes. Source: azure-ai-ml `entities/_assets/_artifacts/model.py`. @throws as `materialOf` does */
export async function inlineModel(
  session: Session,
  source: ModelSource,
  liveId: string | undefined,
  written: Written,
): Promise<Found> {
  const material = await materialOf(session, source.content);
  const { local, identity, shown } = material;
  // What a model is called inside the container, which is a part of what it is.
  const folder = local?.name ?? '';
  const isAt = (properties: JsonObject): boolean => material.isAt(textAt(properties, 'modelUri') ?? '');
  const described: Described = {
    kind: 'models',
    written,
    identity: `${identity} ${source.type} ${folder}`,
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
  if (source.name === undefined) return unnamed(session, described, source.type, material, liveId);
  return source.version === undefined
    ? nextOrSame(session, described, source.name)
    : versioned(session, described, source.name, source.version);
}

/**
 * azure-ai-ml names a model by its content alone, whatever its type is and whatever it is called inside the container. Ours
 * has that name too where nothing else has it, so that the two find each other's; else it has one of its own.
 */
async function unnamed(
  session: Session,
  described: Described,
  type: ModelSource['type'],
  { identity, knownAs = identity }: Material,
  liveId: string | undefined,
): Promise<Found> {
  const place = (content: string): Version => ({ kind: 'models', name: modelName(content), version: '1' });
  const isOurs = (found: JsonObject): boolean => described.isSame(objectAt(found, 'properties'));

  const [shared, own] = [place(identity), place(described.identity)];
  const live = [shared, place(knownAs)].find((each) => isLive(session, each, liveId));
  if (live && isOurs((await knownVersion(session, live)) ?? {})) return anonymous(session, described, live, liveId);
  const mayShare =
    type === DEFAULT_TYPE &&
    !isLive(session, own, liveId) &&
    session.claim(versionId(session.workspace, shared), described.identity);
  const other = mayShare ? await knownVersion(session, shared) : undefined;
  return anonymous(session, described, mayShare && (!other || isOurs(other)) ? shared : own, liveId);
}

/** In the spelling of the YAML; older versions of Azure's API say `MLFlowModel`. */
function typeOf(properties: JsonObject): string {
  const type = textAt(properties, 'modelType') ?? DEFAULT_TYPE;
  return (
    Object.keys(MODEL_TYPES).find((known) => known.replace('_', '') === type.replace('_', '').toLowerCase()) ?? type
  );
}
