import type { Position } from '../deps.ts';
import type { Fault } from '../failure.ts';
import type { ScalarValue } from './scalar.ts';

/** Where a value was written: in a file, or in an override, which has no line. */
export type Place = Position | { readonly override: string };

/** A YAML document with aliases, merge keys and placeholders resolved, and the place of every key and value kept. */
export type Node = ScalarNode | MapNode | ListNode | FaultyNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: ScalarValue;
  /** The value as text, exactly as written; the quotes of a quoted scalar are not part of it. */
  readonly text: string;
  readonly quoted: boolean;
  /** The text with placeholders in place of their values; present when there are any. */
  readonly placeholder?: string;
  /** The values of those placeholders, one by one: nobody may be shown them. */
  readonly secrets?: readonly string[];
  readonly place: Place;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly Entry[];
  /** A key had a fault of its own and was left out, so that nothing can be said about the map as a whole. */
  readonly incomplete: boolean;
  readonly place: Place;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly Node[];
  readonly place: Place;
}

/** A value whose fault is reported already; no check says more about it. */
export interface FaultyNode {
  readonly kind: 'faulty';
  readonly place: Place;
}

export interface Entry {
  readonly key: string;
  /** The key with placeholders in place of their values; present when there are any. */
  readonly keyPlaceholder?: string;
  readonly keyPlace: Place;
  readonly value: Node;
}

export function entryOf(map: MapNode, key: string): Entry | undefined {
  return map.entries.find((entry) => entry.key === key);
}

/** The value of a key, where the node is a map that has it. */
export function valueAt(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'map' ? entryOf(node, key)?.value : undefined;
}

/** The map under a key; `undefined` also for a value of another kind. */
export function mapAt(node: Node | undefined, key: string): MapNode | undefined {
  const value = valueAt(node, key);
  return value?.kind === 'map' ? value : undefined;
}

/** The scalar under a key; `undefined` also for a value of another kind. */
export function scalarAt(node: Node | undefined, key: string): ScalarNode | undefined {
  const value = valueAt(node, key);
  return value?.kind === 'scalar' ? value : undefined;
}

/** The whole number of a scalar that is written in plain decimal digits; `010` and `1e1` mean different things to different parsers. */
export function integerOf(node: Node): number | undefined {
  const isPlain = node.kind === 'scalar' && typeof node.value === 'number' && /^(?:0|[1-9]\d*)$/.test(node.text);
  return isPlain ? Number(node.text) : undefined;
}

/** A fault at a place. One in an override says which, since it has no line. */
export function faultAt(place: Place, message: string): Fault {
  return 'override' in place ? { message: `${place.override}: ${message}` } : { ...place, message };
}

/** What is wrong with a file that is no map; nothing where that is told already. @param what what it should be, in words */
export function notAMap(root: Exclude<Node, MapNode>, what: string): Fault[] {
  return root.kind === 'faulty' ? [] : [faultAt(root.place, `${what}, not ${shownValue(root)}`)];
}

/** How a message names a key: never by the value of a placeholder. */
export function shownKey(entry: Entry): string {
  return clipped(entry.keyPlaceholder ?? entry.key);
}

/** How a message quotes a value: as written, never by the value of a placeholder. */
export function shownValue(node: Node): string {
  switch (node.kind) {
    case 'scalar': {
      const text = clipped(node.placeholder ?? node.text);
      return node.quoted ? `"${text}"` : text;
    }
    case 'map':
      return 'a map';
    case 'list':
      return 'a list';
    case 'faulty':
      return 'a faulty value';
  }
}

/** One short line, whatever the text: messages end up in annotations. */
export function clipped(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]+/gu, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
