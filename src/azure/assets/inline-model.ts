import { modelName } from '../../assets/names.ts';
import { textAt } from '../../json.ts';
import type { ModelSource } from '../../spec/deployment/model.ts';
import type { Found } from './found.ts';
import { materialOf } from './local.ts';
import { anonymous, type Described, nextOrSame, versioned } from './registering.ts';
import type { Session } from './session.ts';

/** The file that tells an MLflow model from any other folder. */
const MLFLOW_FILE = 'MLmodel';

/** A model that the YAML describes. Source: azure-ai-ml `entities/_assets/_artifacts/model.py`. @throws as `materialOf` does */
export async function inlineModel(session: Session, source: ModelSource, liveId: string | undefined): Promise<Found> {
  const material = await materialOf(session, source.content);
  const { local, identity, shown } = material;
  if (source.type === 'mlflow_model' && local && !local.files.some(({ name }) => name === MLFLOW_FILE)) {
    return { fault: `${local.path} has no file ${MLFLOW_FILE}, which an mlflow_model needs at its top`, at: 'path' };
  }
  const described: Described = {
    kind: 'models',
    identity,
    shown,
    isSame: (properties) => material.isAt(textAt(properties, 'modelUri') ?? ''),
    async properties(version) {
      const { description, tags = {}, properties = {} } = source;
      return {
        ...(description !== undefined && { description }),
        ...{ tags, properties },
        modelType: source.type,
        modelUri: await material.address('azureml', version),
        isAnonymous: source.name === undefined,
        isArchived: false,
      };
    },
  };
  if (source.name === undefined)
    return anonymous(session, described, { name: modelName(identity), version: '1' }, liveId);
  return source.version === undefined
    ? nextOrSame(session, described, source.name)
    : versioned(session, described, source.name, source.version);
}
