import type { Fault } from '../failure.ts';
import { isReservedTag, isValidName, NAME_RULE } from './names.ts';
import { nearest } from './nearest.ts';
import { PLACEHOLDER_FORMS } from './placeholders.ts';
import { typePlain, type ScalarValue } from './scalar.ts';
import { chosen, INT32, type Key, type Keys, type Shape } from './schema.ts';
import {
  clipped,
  type Entry,
  faultAt,
  integerOf,
  type MapNode,
  type Node,
  type ScalarNode,
  shownKey,
  shownValue,
} from './tree.ts';

/** All that is wrong with a value by its shape. `path` is how messages name it. */
export function shapeFaults(node: Node, shape: Shape, path: string): Fault[] {
  if (node.kind === 'faulty' || shape.type === 'ignored') return [];
  if (shape.type === 'label') return labelFaults(node, path);
  if (shape.type === 'refused') return [faultAt(node.place, `${path} is not supported; ${shape.instead}`)];
  if (node.kind === 'scalar' && node.value === null) return [emptyFault(node, shape, path)];
  switch (shape.type) {
    case 'text':
      return textFaults(node, shape, path);
    case 'choice':
      return choiceFaults(node, shape, path);
    case 'integer':
      return integerFaults(node, shape, path);
    case 'number':
      return numberFaults(node, shape, path);
    case 'boolean':
      return node.kind === 'scalar' && typeof node.value === 'boolean'
        ? []
        : [
            wrongKind(
              node,
              'true or false',
              path,
              quotesHint(node, (value) => typeof value === 'boolean'),
            ),
          ];
    case 'free':
      return node.kind === 'map' ? [] : [wrongKind(node, 'a map', path)];
    case 'record':
      return node.kind === 'map'
        ? recordFaults(node, shape, path)
        : [wrongKind(node, `a map such as ${shape.example}`, path)];
    case 'object':
      return node.kind === 'map' ? objectFaults(node, shape.keys, path) : [wrongKind(node, mapOf(shape.keys), path)];
    case 'list':
      return listFaults(node, shape, path);
    case 'text-or-object':
      return shapeFaults(node, node.kind === 'map' ? shape.object : shape.text, path);
  }
}

/** Keys that belong to another kind of file, and what to do with them. */
export interface Elsewhere {
  readonly keys: readonly string[];
  readonly advice: string;
}

/** Unknown keys, and what is wrong with the values of known ones. A key that is missing is left to the caller. */
export function keysFaults(map: MapNode, keys: Keys, path: string, elsewhere?: Elsewhere): Fault[] {
  return map.entries.flatMap((entry) => {
    const key = Object.hasOwn(keys, entry.key) ? keys[entry.key] : undefined;
    if (entry.keyPlaceholder !== undefined) return [placeholderKeyFault(entry)];
    if (!key) return [unknownKey(entry, keys, path, elsewhere)];
    return shapeFaults(entry.value, key, join(path, entry.key));
  });
}

function objectFaults(map: MapNode, keys: Keys, path: string): Fault[] {
  const missing = map.incomplete ? [] : Object.keys(keys).filter((key) => keys[key]?.required && !has(map, key));
  const faults = missing.map((key) => faultAt(map.place, `${path} has no ${key}${allowedHere(keys[key])}`));
  return [...faults, ...keysFaults(map, keys, path)];
}

function recordFaults(map: MapNode, shape: Extract<Shape, { type: 'record' }>, path: string): Fault[] {
  const faults = shape.keys === 'any' ? [] : nameFaults(map, shape.keys, path);
  for (const entry of map.entries) {
    if (shape.keys !== 'deployment' && entry.keyPlaceholder !== undefined) faults.push(placeholderKeyFault(entry));
    faults.push(...shapeFaults(entry.value, shape.of, join(path, shownKey(entry))));
  }
  return faults;
}

function nameFaults(map: MapNode, what: 'tag' | 'deployment', path: string): Fault[] {
  const faults: Fault[] = [];
  const seen = new Map<string, Entry>();
  for (const entry of map.entries) {
    const name = entry.key.toLowerCase();
    const twin = seen.get(name);
    if (what === 'tag' && isReservedTag(name)) {
      faults.push(
        faultAt(entry.keyPlace, `${path}: ${shownKey(entry)} is reserved for the state of rollouts; name it otherwise`),
      );
    }
    if (what === 'deployment' && !isValidName(name)) {
      faults.push(faultAt(entry.keyPlace, `${path}: ${shownKey(entry)} is not a deployment's name: ${NAME_RULE}`));
    } else if (twin) {
      const both = `${shownKey(twin)} and ${shownKey(entry)}`;
      faults.push(faultAt(entry.keyPlace, `${path}: ${both} are the same ${what}; names are case-insensitive`));
    }
    seen.set(name, entry);
  }
  return faults;
}

function listFaults(node: Node, shape: Extract<Shape, { type: 'list' }>, path: string): Fault[] {
  if (node.kind !== 'list') return [wrongKind(node, 'a list', path)];
  const { maximum = Infinity, tooMany = `${path} takes at most ${maximum} items` } = shape;
  const extra = node.items[maximum];
  const faults = node.items.flatMap((item, index) => shapeFaults(item, shape.of, `${path}[${index}]`));
  return extra ? [...faults, faultAt(extra.place, tooMany)] : faults;
}

function labelFaults(node: Node, path: string): Fault[] {
  if (node.kind === 'scalar') return [];
  return [wrongKind(node, 'text, a number, true, false or null', path)];
}

function textFaults(node: Node, shape: Extract<Shape, { type: 'text' }>, path: string): Fault[] {
  const { form } = shape;
  if (node.kind !== 'scalar') return [wrongKind(node, form?.words ?? 'text', path)];
  const isWrong = form && !form.pattern.test(node.text);
  if (typeof node.value !== 'string' && !shape.written && !isWrong) {
    const what = typeof node.value === 'number' ? 'a number' : 'a boolean';
    return [faultAt(node.place, `${path} must be text, and ${shownValue(node)} is ${what}; write "${rawText(node)}"`)];
  }
  return isWrong ? [wrongKind(node, form.words, path)] : [];
}

function choiceFaults(node: Node, { values }: Extract<Shape, { type: 'choice' }>, path: string): Fault[] {
  const isOne = node.kind === 'scalar' && chosen(values, node.text) !== undefined;
  return isOne ? [] : [wrongKind(node, listed(Object.keys(values)), path)];
}

function integerFaults(node: Node, shape: Extract<Shape, { type: 'integer' }>, path: string): Fault[] {
  const { minimum, maximum = Infinity, zero, words } = shape;
  const integer = integerOf(node);
  const isAllowed = (value: ScalarValue): boolean =>
    typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum;
  if (integer !== undefined && isAllowed(integer)) return [];
  const hint = integer === 0 && zero !== undefined ? `; ${zero}` : integerHint(node, isAllowed);
  return [wrongKind(node, words ?? integersFrom(minimum, maximum, integer), path, hint)];
}

/** The limit of an `int32` says something only to whoever is beyond it. */
function integersFrom(minimum: number, maximum: number, given = minimum): string {
  if (minimum === maximum) return String(minimum);
  if (maximum < INT32) return `an integer from ${minimum} to ${maximum}`;
  return given > maximum ? `an integer of at most ${maximum}` : `an integer of at least ${minimum}`;
}

/** The number that was meant, where it is one that may be written. */
function integerHint(node: Node, isAllowed: (value: ScalarValue) => boolean): string {
  if (node.kind !== 'scalar') return '';
  if (node.quoted) return quotesHint(node, (value, text) => isAllowed(value) && String(value) === text);
  return node.placeholder === undefined && isAllowed(node.value) ? `; write ${String(node.value)}` : '';
}

function numberFaults(node: Node, shape: Extract<Shape, { type: 'number' }>, path: string): Fault[] {
  const { minimum, maximum } = shape;
  const number = node.kind === 'scalar' && typeof node.value === 'number' ? node.value : NaN;
  if (number >= minimum && number <= maximum) return [];
  const isAllowed = (value: ScalarValue): boolean => typeof value === 'number' && value >= minimum && value <= maximum;
  return [wrongKind(node, `a number from ${minimum} to ${maximum}`, path, quotesHint(node, isAllowed))];
}

/** For a value that would be right without its quotes: only as a whole is a placeholder typed again. */
function quotesHint(node: Node, isRight: (value: ScalarValue, text: string) => boolean): string {
  if (node.kind !== 'scalar' || !node.quoted || !isRight(typePlain(node.text), node.text)) return '';
  const isWhole = node.placeholder === undefined || PLACEHOLDER_FORMS.test(node.placeholder);
  return isWhole ? `; write ${rawText(node)} without quotes` : '';
}

function emptyFault(node: ScalarNode, shape: Shape | Key, path: string): Fault {
  if ('required' in shape) return faultAt(node.place, `${path} has no value${allowedHere(shape)}`);
  const instead = shape.type === 'record' ? ', or write {}' : shape.type === 'list' ? ', or write []' : '';
  return faultAt(node.place, `${path} has no value; comment the key out${instead}`);
}

function wrongKind(node: Node, wanted: string, path: string, hint = ''): Fault {
  return faultAt(node.place, `${path} must be ${wanted}, not ${shownValue(node)}${hint}`);
}

function placeholderKeyFault(entry: Entry): Fault {
  const where = 'only the name of a deployment in traffic or mirror_traffic can be one';
  return faultAt(entry.keyPlace, `the placeholder ${shownKey(entry)} cannot be a key; ${where}`);
}

function unknownKey(entry: Entry, keys: Keys, path: string, elsewhere: Elsewhere | undefined): Fault {
  const known = Object.keys(keys);
  const near = nearest(entry.key, known);
  const name = join(path, shownKey(entry));
  if (elsewhere?.keys.includes(entry.key)) return faultAt(entry.keyPlace, `${name} is ${elsewhere.advice}`);
  const advice = near ? `did you mean ${near}?` : `known keys: ${writable(keys).join(', ')}`;
  return faultAt(entry.keyPlace, `unknown key ${name}; ${advice}`);
}

function writable(keys: Keys): string[] {
  return Object.keys(keys).filter((key) => !['ignored', 'refused'].includes(keys[key]?.type ?? ''));
}

function allowedHere(shape: Shape | undefined): string {
  if (shape?.type === 'choice') return `; write ${listed(Object.keys(shape.values))}`;
  return shape?.type === 'text' && shape.form ? `; write ${shape.form.words}` : '';
}

function mapOf(keys: Keys): string {
  const required = Object.keys(keys).filter((key) => keys[key]?.required);
  return required.length > 0 ? `a map with ${required.join(' and ')}` : 'a map';
}

function has(map: MapNode, key: string): boolean {
  return map.entries.some((entry) => entry.key === key);
}

function rawText(node: ScalarNode): string {
  return clipped(node.placeholder ?? node.text);
}

function join(path: string, key: string): string {
  return path ? `${path}.${key}` : key;
}

function listed(values: readonly string[]): string {
  const words = values.map((value) => (value.includes(',') ? `"${value}"` : value));
  return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(' or ');
}
