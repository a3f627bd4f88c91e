import type { Env } from '../../deps.ts';
import type { Fault } from '../../failure.ts';
import { positionsIn } from '../lines.ts';
import { parseTree } from '../parse.ts';
import { readSource } from '../source.ts';
import { faultAt, type MapNode, type Node, type ScalarNode, shownValue, valueAt } from '../tree.ts';
import { type LocalFiles, locate } from '../locate.ts';

const INCLUDE = 'file:';

/** Where included files are, and where their placeholders find their values. */
export interface Sources {
  readonly files: LocalFiles;
  readonly env: Env;
}

/**
 * Puts the content of files in the place of their names: `environment: file:<path>`, and the `conda_file` of an
 * environment. What comes of it keeps the places of its own file, from whose folder its paths then start.
 * Source: azure-ai-ml, where of the parts of a deployment only the environment is a `YamlFileSchema`.
 */
export async function withIncludes(root: MapNode, sources: Sources): Promise<{ root: MapNode; faults: Fault[] }> {
  const faults: Fault[] = [];
  const include = async (map: MapNode, key: string, path: string, prefix: string): Promise<MapNode> => {
    const value = valueAt(map, key);
    if (value?.kind !== 'scalar' || typeof value.value !== 'string' || !value.text.startsWith(prefix)) return map;
    return withEntry(map, key, await read(value, path, value.text.slice(prefix.length).trim(), sources, faults));
  };
  const included = await include(root, 'environment', 'environment', INCLUDE);
  const environment = valueAt(included, 'environment');
  if (environment?.kind !== 'map') return { root: included, faults };
  const whole = await include(environment, 'conda_file', 'environment.conda_file', '');
  return { root: withEntry(included, 'environment', whole), faults };
}

async function read(node: ScalarNode, key: string, path: string, sources: Sources, faults: Fault[]): Promise<Node> {
  const faulty = (...found: Fault[]): Node => {
    faults.push(...found);
    return { kind: 'faulty', place: node.place };
  };
  const located = await locate(sources.files, { node, key, text: path });
  if ('message' in located) return faulty(located);
  if (located.kind !== 'file') return faulty(faultAt(node.place, `${key} ${shownValue(node)} is a folder, not a file`));
  const text = await readSource(sources.files, located.path);
  if (typeof text !== 'string') {
    return faulty(text.line === undefined ? faultAt(node.place, `${key} ${shownValue(node)} ${text.message}`) : text);
  }
  const parsed = parseTree(text, { place: positionsIn(text, located.path), env: sources.env });
  if (!parsed.tree) return faulty(...parsed.faults);
  faults.push(...parsed.faults);
  if (parsed.tree.kind === 'map' || parsed.tree.kind === 'faulty') return parsed.tree;
  return faulty(faultAt(parsed.tree.place, `${key} must be a map, not ${shownValue(parsed.tree)}`));
}

function withEntry(map: MapNode, key: string, value: Node): MapNode {
  return { ...map, entries: map.entries.map((entry) => (entry.key === key ? { ...entry, value } : entry)) };
}
