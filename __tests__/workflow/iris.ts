import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const ENDPOINTS = resolve(import.meta.dirname, '../../endpoints');
const read = (file: string): Promise<string> => readFile(join(ENDPOINTS, file), 'utf8');
const IRIS = await read('iris.yml');

/** The example endpoint's YAML with a split, as a pull request would change it. */
export function irisWithTraffic(split: Readonly<Record<string, number>>): Record<string, string> {
  const lines = Object.entries(split).map(([deployment, percent]) => `  ${deployment}: ${percent}\n`);
  return { 'endpoints/iris.yml': `${IRIS}traffic:\n${lines.join('')}` };
}

/** The same with a policy whose one step lies half way. */
export function irisRollingOut(split: Readonly<Record<string, number>>): Record<string, string> {
  return { ...irisWithTraffic(split), 'endpoints/iris/rollout.yml': 'preset: fast\nsteps: [50]\n' };
}

const BLUE = await read('iris/deployments/blue.yml');

/** A folder as somebody has it who trains one model: the deployment beside its model and code. */
export const EXPERIMENT: Readonly<Record<string, string>> = {
  'experiments/petals/deployment.yml': BLUE.replace('name: blue', 'name: petals')
    .replace('../model/petals.json', 'petals.json')
    .replace('../src', 'src'),
  'experiments/petals/petals.json': await read('iris/model/petals.json'),
  'experiments/petals/src/score.py': await read('iris/src/score.py'),
  'experiments/petals/request.json': '{"data": [[5.1, 3.5, 1.4, 0.2]]}\n',
};
