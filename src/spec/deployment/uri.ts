import { nearest } from '../nearest.ts';
import type { ScalarNode } from '../tree.ts';

/** Two letters or more before the colon: one is a drive of Windows. */
const URI = /^(?:([a-z][a-z0-9+.-]+):\/\/|(runs):\/)/i;

/**
 * Where Azure reads content from. Source: Microsoft Learn, how-to-manage-models and how-to-create-data-assets; azure-ai-ml,
 * `constants/_common.py` (`MLFLOW_URI_FORMAT`, `JOB_URI_FORMAT`) and `_schema/core/fields.py` (`http`).
 */
const SCHEMES = ['azureml', 'https', 'http', 'wasbs', 'wasb', 'abfss', 'abfs', 'adl', 'runs'];
/** Beside those, of a build context and of code. Azure's API says that it may take the first [U]; `git+` is azure-ai-ml's. */
const OF_FOLDERS = ['git', 'git+https', 'git+ssh', 'git+http'];
const WANTED =
  'azureml://datastores/<datastore>/paths/<path>, azureml://jobs/..., https://..., wasbs://..., abfss://..., adl://... or runs:/<run>/<path>';

/** How an `azureml://` goes on. Source: azure-ai-ml, `constants/_common.py`, the formats and patterns of URIs. */
const AFTER_AZUREML = [
  'datastores',
  'jobs',
  'subscriptions',
  'resourcegroups',
  'workspaces',
  'locations',
  'models',
  'data',
  'registries',
  'feeds',
  'artifacts',
  'ExperimentRun',
];
const DATASTORE = /^azureml:\/\/(?:datastores|subscriptions\/.*?\/datastores)(?:\/|$)/i;
const IN_DATASTORE = /\/datastores\/[^/]+\/(?:paths|ExperimentRun)\/./i;

export function isUri(text: string): boolean {
  return URI.test(text);
}

/**
 * What is wrong with a URI, as a message goes on after its value; nothing where Azure may read it.
 * @param wanted whether it is the folder of code or of an image
 */
export function uriProblem({ text, placeholder }: ScalarNode, wanted?: 'folder'): string | undefined {
  const [, scheme = 'runs'] = URI.exec(text) ?? [];
  // What was meant would give the value of a placeholder away.
  const near = (word: string, known: readonly string[]) =>
    placeholder === undefined ? nearest(word, known) : undefined;
  const known = wanted === 'folder' ? [...SCHEMES, ...OF_FOLDERS] : SCHEMES;
  if (!known.includes(scheme.toLowerCase())) {
    const meant = near(scheme, SCHEMES);
    return `is no URI that Azure reads; ${meant ? `did you mean ${meant === 'runs' ? 'runs:/' : `${meant}://`}?` : `write ${WANTED}`}`;
  }
  if (scheme.toLowerCase() === 'runs')
    return /^runs:\/[^/?]+\/./i.test(text) ? undefined : 'must be runs:/<run>/<path>';
  if (scheme.toLowerCase() !== 'azureml') return undefined;
  if (DATASTORE.test(text)) {
    return IN_DATASTORE.test(text) ? undefined : 'must be azureml://datastores/<datastore>/paths/<path>';
  }
  const [first = ''] = text.slice('azureml://'.length).split('/');
  const meant = near(first, AFTER_AZUREML);
  if (meant === undefined || meant.toLowerCase() === first.toLowerCase()) return undefined;
  return `is no URI that Azure reads; did you mean azureml://${meant}/?`;
}
