import { type Alias, isAlias, isMap, isScalar, type Node as YamlNode, type Scalar, type YAMLMap } from 'yaml';
import type { Fault } from '../failure.ts';
import { interpolate, type Origin } from './interpolate.ts';
import { maskPlaceholders, type Placeholder } from './placeholders.ts';
import { composeDocument } from './syntax.ts';
import { clipped, type Entry, faultAt, type MapNode, type Node, type Place, type ScalarNode } from './tree.ts';

/** More values than aliases make in any honest file. */
const MOST_ALIASED = 1000;
const TEXT_TAGS = ['!', 'tag:yaml.org,2002:str'];
const COLLECTION_TAGS = ['!', 'tag:yaml.org,2002:map', 'tag:yaml.org,2002:seq'];

interface Reading extends Origin {
  readonly faults: Fault[];
  /** Those not yet met, the next one last; nodes are built in the order of the text. */
  readonly placeholders: Placeholder[];
  readonly anchors: Map<string, Node>;
  aliased: number;
}

/** The tree of a text that holds one YAML document, and what is wrong with the text; no tree when it has no shape. */
export function parseTree(text: string, origin: Origin): { tree: Node | undefined; faults: Fault[] } {
  const stop = (offset: number, message: string) => ({
    tree: undefined,
    faults: [faultAt(origin.place(offset), message)],
  });
  if (!text.isWellFormed()) return stop(0, 'is not text: it contains an invalid character (unpaired surrogate)');
  const { masked, placeholders } = maskPlaceholders(text);
  const document = composeDocument(masked);
  if ('message' in document) return stop(document.offset, document.message);
  const root = document.contents;
  if (!root || isBlank(root)) return stop(0, 'is empty or holds only comments');
  const state = { faults: [], placeholders: placeholders.reverse(), anchors: new Map(), aliased: 0 };
  const reading: Reading = { ...origin, ...state };
  return { tree: build(root, reading), faults: reading.faults };
}

function isBlank(node: YamlNode): boolean {
  return isScalar(node) && node.type === 'PLAIN' && node.source === '' && node.tag === undefined;
}

function build(node: YamlNode, reading: Reading): Node {
  if (isAlias(node)) return buildAlias(node, reading);
  const built = buildContent(node, reading);
  if (node.anchor !== undefined) reading.anchors.set(node.anchor, built);
  return built;
}

function buildContent(node: Exclude<YamlNode, Alias>, reading: Reading): Node {
  const place = placeOf(node, reading);
  if (node.tag !== undefined && !(isScalar(node) ? TEXT_TAGS : COLLECTION_TAGS).includes(node.tag)) {
    const tag = clipped(node.tag.replace(/^tag:yaml\.org,2002:/, '!!'));
    return faulty(place, `the tag ${tag} has no meaning here; write the value without it`, reading);
  }
  if (isScalar(node)) return buildScalar(node, place, reading);
  if (isMap(node)) return buildMap(node, place, reading);
  return { kind: 'list', items: node.items.map((item) => build(item as YamlNode, reading)), place };
}

/** Targets are shared, not copied, but count as if they were: a walk of the tree visits each copy. */
function buildAlias(alias: Alias, reading: Reading): Node {
  const place = placeOf(alias, reading);
  const target = reading.anchors.get(alias.source);
  if (!target) return faulty(place, `*${clipped(alias.source)} refers to no anchor above it`, reading);
  if (reading.aliased > MOST_ALIASED) return { kind: 'faulty', place };
  reading.aliased += countNodes(target);
  if (reading.aliased > MOST_ALIASED) return faulty(place, `aliases make over ${MOST_ALIASED} values here`, reading);
  return { ...target, place };
}

function countNodes(node: Node): number {
  const children =
    node.kind === 'map' ? node.entries.map(({ value }) => value) : node.kind === 'list' ? node.items : [];
  return children.reduce((total, child) => total + countNodes(child), 1);
}

function buildScalar(node: Scalar, place: Place, reading: Reading): Node {
  const source = node.source ?? '';
  const quoted = node.type !== 'PLAIN' || node.tag !== undefined;
  return interpolate({ source, quoted, place }, takePlaceholders(node, reading), reading, reading.faults);
}

/** The placeholders within a scalar; those before it, in comments, are passed over. */
function takePlaceholders(node: Scalar, { placeholders }: Reading): Placeholder[] {
  const [start, end] = node.range ?? [0, 0];
  const taken: Placeholder[] = [];
  for (let next = placeholders.at(-1); next && next.offset < end; next = placeholders.at(-1)) {
    if (next.offset >= start) taken.push(next);
    placeholders.pop();
  }
  return taken;
}

function buildMap(map: YAMLMap, place: Place, reading: Reading): MapNode {
  const entries = new Map<string, Entry>();
  const merged: (readonly Entry[])[] = [];
  let incomplete = false;
  for (const pair of map.items) {
    const key = buildKey(pair.key as YamlNode, reading);
    const value = buildValue(pair.value as YamlNode | null, key?.place ?? place, reading);
    const first = key && entries.get(key.text);
    if (first) reading.faults.push(faultAt(key.place, `${keyText(key)} is written twice${firstLine(first.keyPlace)}`));
    if (!key || first) incomplete = true;
    else entries.set(key.text, entryFrom(key, value));
    if (!isMergeKey(pair.key)) continue;
    entries.delete('<<');
    const sources = mergeSources(value, reading);
    for (const source of sources) if (source.kind === 'map') merged.push(source.entries);
    incomplete ||= sources.some((source) => source.kind !== 'map' || source.incomplete);
  }
  for (const entry of merged.flat()) if (!entries.has(entry.key)) entries.set(entry.key, entry);
  return { kind: 'map', entries: [...entries.values()], incomplete, place };
}

function entryFrom(key: ScalarNode, value: Node): Entry {
  const shown = key.placeholder === undefined ? {} : { keyPlaceholder: key.placeholder };
  return { key: key.text, ...shown, keyPlace: key.place, value };
}

function keyText(key: ScalarNode): string {
  return clipped(key.placeholder ?? key.text);
}

function firstLine(place: Place): string {
  return 'line' in place ? `; first on line ${place.line}` : '';
}

/** A key is text; what YAML takes for something else is refused rather than guessed. */
function buildKey(node: YamlNode | null, reading: Reading): ScalarNode | undefined {
  const key = node && build(node, reading);
  if (!key || key.kind === 'faulty') return undefined;
  if (key.kind === 'scalar' && (typeof key.value === 'string' || key.placeholder !== undefined)) return key;
  reading.faults.push(faultAt(key.place, keyFault(key)));
  return undefined;
}

function keyFault(key: Node): string {
  if (key.kind !== 'scalar') return 'a map or list cannot be a key';
  return key.text === '' ? 'a key is missing before the colon' : `the key ${keyText(key)} is not text; quote it`;
}

/** A value that is not there has the place of its key. */
function buildValue(node: YamlNode | null, keyPlace: Place, reading: Reading): Node {
  if (node && !isBlank(node)) return build(node, reading);
  const nothing: Node = { kind: 'scalar', value: null, text: '', quoted: false, place: keyPlace };
  if (node && !isAlias(node) && node.anchor !== undefined) reading.anchors.set(node.anchor, nothing);
  return nothing;
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.source === '<<';
}

/** What `<<` brings in, the first of a list before the next. Source: yaml.org/type/merge.html. */
function mergeSources(value: Node, reading: Reading): readonly Node[] {
  const sources = value.kind === 'list' ? value.items : [value];
  for (const { kind, place } of sources) {
    if (kind !== 'scalar' && kind !== 'list') continue;
    reading.faults.push(faultAt(place, '<< takes a map or a list of maps'));
  }
  return sources;
}

function placeOf(node: YamlNode, reading: Reading): Place {
  return reading.place(node.range?.[0] ?? 0);
}

function faulty(place: Place, message: string, reading: Reading): Node {
  reading.faults.push(faultAt(place, message));
  return { kind: 'faulty', place };
}
