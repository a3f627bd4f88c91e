import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What `azure-ai-ml` made of an example of `azureml-examples`. */
export interface Example {
  readonly rejected?: boolean;
  readonly body?: unknown;
}

/** The files lie outside of the repository: in `AZUREML_CORPUS`, or beside a checkout that has them. */
const folder = process.env['AZUREML_CORPUS'] ?? fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
const index = `${folder}/endpoint-bodies.json`;

export const hasCorpus = existsSync(index);

const { location, endpoints }: { location: string; endpoints: Record<string, Example> } = hasCorpus
  ? JSON.parse(readFileSync(index, 'utf8'))
  : { location: '', endpoints: {} };

export const corpusLocation = location;

/** The examples that the SDK took, with their bodies, and those that it refused. */
export const taken = Object.entries(endpoints).filter(([, { rejected }]) => !rejected);
export const refused = Object.keys(endpoints).filter((file) => endpoints[file]?.rejected);

export function textOf(file: string): string {
  return readFileSync(`${folder}/azureml-examples/${file}`, 'utf8');
}

/** The files of deployments, by their path among the examples. */
export const deployments = hasCorpus
  ? globSync('**/*deployment*.{yml,yaml}', { cwd: `${folder}/azureml-examples` }).sort()
  : [];
