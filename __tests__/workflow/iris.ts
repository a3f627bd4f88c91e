import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

const IRIS = await readFile(resolve(import.meta.dirname, '../../endpoints/iris.yml'), 'utf8');

/** The example endpoint's YAML with a split, as a pull request would change it. */
export function irisWithTraffic(split: Readonly<Record<string, number>>): Record<string, string> {
  const lines = Object.entries(split).map(([deployment, percent]) => `  ${deployment}: ${percent}\n`);
  return { 'endpoints/iris.yml': `${IRIS}traffic:\n${lines.join('')}` };
}
