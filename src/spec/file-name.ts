import type { Fault } from '../failure.ts';
import { isValidName } from './names.ts';
import { faultAt, type MapNode, type ScalarNode, shownValue, valueAt } from './tree.ts';

/**
 * The faults of a `name` that is missing or, where the file must be called like it, differs from `expected`. Case does
 * not count. A name that breaks the rule of names is told by the schema, not here.
 */
export function fileNameFaults(
  root: MapNode,
  file: string,
  expected: string | undefined,
  what: 'endpoint' | 'deployment' = 'endpoint',
): Fault[] {
  const name = valueAt(root, 'name');
  if (!name) return root.incomplete ? [] : [faultAt(root.place, missing(expected, what))];
  if (name.kind !== 'scalar' || typeof name.value !== 'string' || !isValidName(name.value)) return [];
  if (expected === undefined || name.value.toLowerCase() === expected.toLowerCase()) return [];
  return [
    faultAt(name.place, `name is ${shownValue(name)} but the file is ${baseName(file)}; ${cure(name, file, expected)}`),
  ];
}

function missing(expected: string | undefined, what: string): string {
  const usable = expected !== undefined && isValidName(expected);
  return `name is missing; write name: ${usable ? expected : `<${what}>`}`;
}

function cure(name: ScalarNode, file: string, expected: string): string {
  const write = `write name: ${expected}`;
  if (name.placeholder !== undefined) return `its value must be ${expected}`;
  const renamed = file.replace(/[^/]*(\.[^./]*)$/, `${name.text}$1`);
  const rename = `git mv ${file} ${renamed}`;
  return isValidName(expected) ? `${write}, or ${rename}` : rename;
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
