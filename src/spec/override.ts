import type { Env } from '../deps.ts';
import type { Fault } from '../failure.ts';
import { interpolate } from './interpolate.ts';
import type { Override } from './model.ts';
import { parseTree } from './parse.ts';
import { maskPlaceholders } from './placeholders.ts';
import { clipped, type Entry, faultAt, type Node, type Place } from './tree.ts';

type Step = { readonly key: string } | { readonly index: number };
type Changed = Node | { readonly fault: string };

/** Keys of these maps are names of deployments and of tags, which compare without case. */
const NAMES_WITHIN = ['traffic', 'mirror_traffic', 'tags'];
const STEP = /(?:^|(?<=.)\.)((?:[^.[\]\\]|\\.)+)|\[(\d{1,3})\]/y;

/**
 * Reads one `path=value`. Keys are apart by dots and places in a list are numbers in brackets, from 0, as `az ml` takes
 * them: `identity.user_assigned_identities[0].resource_id=…`. A backslash takes the meaning from a dot, a bracket or a
 * backslash within a key: `tags.cost\.centre=ml`. The path ends at the first `=`.
 */
export function parseOverride(line: string): Override | Fault {
  const [, path, value] = /^([^=]*)=(.*)$/s.exec(line) ?? [];
  if (path === undefined || value === undefined) {
    return { message: `set ${clipped(line)}: is not path=value, such as tags.owner=ml` };
  }
  const override = { path: path.trim(), value: value.trim() };
  if (stepsOf(override.path)) return override;
  return {
    message: `${label(override)}: "${override.path}" is not a path, such as traffic.blue or tags.cost\\.centre`,
  };
}

/** The tree with the values of all overrides in their places, in order, and the faults of those that have none. */
export function applyOverrides(tree: Node, overrides: readonly Override[], env: Env): { tree: Node; faults: Fault[] } {
  const faults: Fault[] = [];
  let current = tree;
  for (const override of overrides) {
    const place: Place = { override: label(override) };
    const { tree: value, faults: found } = parseValue(override.value, place, env);
    const steps = stepsOf(override.path);
    for (const fault of found) faults.push(fault);
    const changed = steps ? put(current, steps, value, '') : { fault: `"${override.path}" is not a path` };
    if ('fault' in changed) faults.push(faultAt(place, changed.fault));
    else current = changed;
  }
  return { tree: current, faults };
}

function label({ path, value }: Override): string {
  return `set ${clipped(`${path}=${value}`)}`;
}

/**
 * A flow collection or a quoted scalar is YAML; all else is one plain scalar, whatever characters it holds. Nothing is empty
 * text, as with a placeholder: a value that went missing must not remove a tag.
 */
function parseValue(value: string, place: Place, env: Env): { tree: Node; faults: Fault[] } {
  if (value === '') return { tree: { kind: 'scalar', value, text: value, quoted: true, place }, faults: [] };
  const isYaml = /^(?:\[|\{(?!\{)|"|')/.test(value);
  const { tree, faults } = isYaml ? parseTree(value, { place: () => place, env }) : parsePlain(value, place, env);
  return { tree: tree ?? { kind: 'faulty', place }, faults };
}

function stepsOf(path: string): Step[] | undefined {
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const [, key, index] = STEP.exec(path) ?? [];
    if (key !== undefined) steps.push({ key: key.replace(/\\(.)/g, '$1') });
    else if (index !== undefined) steps.push({ index: Number(index) });
    else return undefined;
  }
  return steps[0] && 'key' in steps[0] ? steps : undefined;
}

function parsePlain(value: string, place: Place, env: Env): { tree: Node; faults: Fault[] } {
  const { masked, placeholders } = maskPlaceholders(value);
  const faults: Fault[] = [];
  const origin = { place: () => place, env };
  return { tree: interpolate({ source: masked, quoted: false, place }, placeholders, origin, faults), faults };
}

/** Trees share nodes, so a change makes new ones along its path. What is not there yet comes into being. */
function put(node: Node | undefined, steps: readonly Step[], value: Node, inside: string): Changed {
  const [step, ...rest] = steps;
  if (!step) return value;
  if (node?.kind === 'faulty') return node;
  const present = isNothing(node) ? undefined : node;
  return 'key' in step
    ? putKey(present, step.key, rest, value, inside)
    : putItem(present, step.index, rest, value, inside);
}

function putKey(node: Node | undefined, key: string, rest: readonly Step[], value: Node, inside: string): Changed {
  const map = node ?? { kind: 'map', entries: [], incomplete: false, place: value.place };
  if (map.kind !== 'map') return { fault: `${inside || 'the file'} is not a map, so it has no ${key}` };
  const index = map.entries.findIndex((entry) => sameKey(entry.key, key, inside));
  const old = map.entries[index];
  const changed = put(old?.value, rest, value, inside ? `${inside}.${key}` : key);
  if ('fault' in changed) return changed;
  const keyPlace = old && rest.length > 0 ? old.keyPlace : value.place;
  const entry: Entry = { ...(old ?? { key }), keyPlace, value: changed };
  return { ...map, entries: old ? map.entries.with(index, entry) : [...map.entries, entry] };
}

function putItem(node: Node | undefined, index: number, rest: readonly Step[], value: Node, inside: string): Changed {
  const list = node ?? { kind: 'list', items: [], place: value.place };
  if (list.kind !== 'list') return { fault: `${inside} is not a list, so it has no [${index}]` };
  const length = list.items.length;
  if (index > length) return { fault: `${inside} has ${length} items; the next is [${length}]` };
  const changed = put(list.items[index], rest, value, `${inside}[${index}]`);
  if ('fault' in changed) return changed;
  return { ...list, items: index < length ? list.items.with(index, changed) : [...list.items, changed] };
}

function sameKey(a: string, b: string, inside: string): boolean {
  return NAMES_WITHIN.includes(inside) ? a.toLowerCase() === b.toLowerCase() : a === b;
}

function isNothing(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && node.value === null;
}
