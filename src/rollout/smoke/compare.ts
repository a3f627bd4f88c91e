import { isObject, type Json } from '../../json.ts';
import type { Answer } from './answer.ts';
import { pointerPart } from './pointer.ts';

/** How far two answers to the same request lie apart. */
export interface Difference {
  /** Single values of either: numbers, texts, truths, nulls; an empty list or object is one. */
  readonly values: number;
  /** Those of them that differ by more than the tolerance, or that only one of the two has. */
  readonly differing: number;
  /** Where the two are not built alike: `/predictions: 3 items, 4 before`. The first few. */
  readonly shape: readonly string[];
  /** Where they are built alike and the values differ: `/predictions/0: 0.7, 0.2 before`. The first few. */
  readonly examples: readonly string[];
}

const MOST_EXAMPLES = 5;

/**
 * Walks two answers in parallel.
 * @param before of the old deployment
 * @param tolerance how far two numbers may lie apart, relative to the larger one
 */
export function compareAnswers(before: Answer, after: Answer, tolerance: number): Difference {
  if (before.kind === 'json' && after.kind === 'json') return compareJson(before.value, after.value, tolerance);
  if (before.kind === 'json' || after.kind === 'json' || before.kind !== after.kind) {
    return { values: 1, differing: 1, shape: [`the answer: ${after.kind}, ${before.kind} before`], examples: [] };
  }
  const isSame = essence(before) === essence(after);
  const examples = isSame ? [] : [`the answer: ${shown(essence(after))}, ${shown(essence(before))} before`];
  return { values: 1, differing: isSame ? 0 : 1, shape: [], examples };
}

/** Answers to several requests as one. */
export function addUp(differences: readonly Difference[]): Difference {
  const total = (pick: (one: Difference) => number): number => differences.reduce((sum, one) => sum + pick(one), 0);
  const first = (pick: (one: Difference) => readonly string[]): string[] =>
    [...new Set(differences.flatMap(pick))].slice(0, MOST_EXAMPLES);
  return {
    values: total(({ values }) => values),
    differing: total(({ differing }) => differing),
    shape: first(({ shape }) => shape),
    examples: first(({ examples }) => examples),
  };
}

/** Whether two values are the same, numbers within the tolerance. */
export function isClose(one: Json, other: Json, tolerance: number): boolean {
  if (typeof one !== 'number' || typeof other !== 'number') return one === other;
  return one === other || Math.abs(one - other) <= tolerance * Math.max(Math.abs(one), Math.abs(other));
}

/** The value in one line, cut where it is long. */
export function shown(value: Json | undefined): string {
  const text =
    value === undefined
      ? 'nothing'
      : Array.isArray(value)
        ? 'a list'
        : isObject(value)
          ? 'an object'
          : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

interface Pair {
  readonly pointer: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** Without recursion: what a model answers may be nested deeper than the stack is. */
function compareJson(before: Json, after: Json, tolerance: number): Difference {
  const found = { values: 0, differing: 0, shape: [] as string[], examples: [] as string[] };
  const open: Pair[] = [{ pointer: '', before, after }];
  for (let pair = open.pop(); pair; pair = open.pop()) {
    const shape = shapeFault(pair);
    if (shape !== undefined) note(found.shape, shape);
    const parts = partsOf(pair);
    // Backwards onto the stack, so that they are met in their order.
    for (const part of parts.toReversed()) open.push(part);
    if (parts.length > 0) continue;
    const weight = Math.max(leaves(pair.before), leaves(pair.after));
    found.values += weight;
    if (isSame(pair, tolerance)) continue;
    found.differing += weight;
    if (kindOf(pair.before) !== kindOf(pair.after)) continue;
    note(found.examples, `${place(pair)}: ${shown(pair.after)}, ${shown(pair.before)} before`);
  }
  return found;
}

function note(list: string[], words: string): void {
  if (list.length < MOST_EXAMPLES) list.push(words);
}

/** The pairs below two lists or two objects; none below whatever is not alike. */
function partsOf({ pointer, before, after }: Pair): Pair[] {
  if (kindOf(before) !== kindOf(after) || !isBranch(before) || !isBranch(after)) return [];
  const [old, young] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const keys = new Set([...old.keys(), ...young.keys()]);
  return [...keys].map((key) => ({ pointer: pointer + pointerPart(key), before: old.get(key), after: young.get(key) }));
}

function isSame({ before, after }: Pair, tolerance: number): boolean {
  if (before === undefined || after === undefined || kindOf(before) !== kindOf(after)) return false;
  return isBranch(before) || isClose(before, after, tolerance);
}

/** Where two values are not built alike. A list that is longer says so itself, and not each of its items. */
function shapeFault(pair: Pair): string | undefined {
  const { before, after } = pair;
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.length === after.length
      ? undefined
      : `${place(pair)}: ${after.length} items, ${before.length} before`;
  }
  if (kindOf(before) === kindOf(after)) return undefined;
  if ((before === undefined || after === undefined) && /\/\d+$/.test(pair.pointer)) return undefined;
  return `${place(pair)}: ${kindOf(after)}, ${kindOf(before)} before`;
}

/** Single values in it; an empty list or object counts as one. */
function leaves(value: Json | undefined): number {
  let count = 0;
  const open = value === undefined ? [] : [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const inner: Json[] = isBranch(next) ? Object.values(next) : [];
    if (inner.length === 0) count += 1;
    for (const each of inner) open.push(each);
  }
  return count;
}

function isBranch(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null;
}

function kindOf(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : isObject(value) ? 'an object' : `a ${typeof value}`;
}

function place({ pointer }: Pair): string {
  return pointer || 'the answer';
}

/** What two answers that are not JSON have to have in common. */
function essence(answer: Exclude<Answer, { kind: 'json' }>): string {
  return answer.kind === 'text' ? answer.text : `binary, sha256 ${answer.hash.slice(0, 12)}`;
}
