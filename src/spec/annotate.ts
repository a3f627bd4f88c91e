import type { Position } from '../deps.ts';
import type { MapNode, Node } from './tree.ts';

/** What is known of the paths of a tree beside their values. */
export interface Annotations {
  readonly positions: Map<string, Position>;
  /** Where each single value stands. */
  readonly values: Map<string, Position>;
  readonly placeholders: Map<string, string>;
  readonly names: Map<string, string>;
}

/**
 * Collects where each key stands and which values and names came from placeholders, by path. Names of deployments are in lower
 * case, as in a split. A key that came by an override stands nowhere.
 */
export function annotate(root: MapNode): Annotations {
  const annotations: Annotations = {
    positions: new Map(),
    values: new Map(),
    placeholders: new Map(),
    names: new Map(),
  };
  visit(root, '', annotations);
  return annotations;
}

/** The values of placeholders, by the path that they are at. */
export function secretsOf(node: Node, path = ''): Map<string, readonly string[]> {
  if (node.kind === 'scalar') return new Map(node.secrets ? [[path, node.secrets]] : []);
  if (node.kind === 'list')
    return new Map(node.items.flatMap((item, index) => [...secretsOf(item, `${path}[${index}]`)]));
  if (node.kind === 'faulty') return new Map();
  return new Map(node.entries.flatMap(({ key, value }) => [...secretsOf(value, path ? `${path}.${key}` : key)]));
}

function visit(node: Node, path: string, annotations: Annotations): void {
  if (node.kind === 'scalar' && node.placeholder !== undefined) annotations.placeholders.set(path, node.placeholder);
  if (node.kind === 'scalar' && 'line' in node.place) annotations.values.set(path, node.place);
  if (node.kind === 'list') node.items.forEach((item, index) => visit(item, `${path}[${index}]`, annotations));
  if (node.kind !== 'map') return;
  const namesDeployments = path === 'traffic' || path === 'mirror_traffic';
  for (const { key, keyPlaceholder, keyPlace, value } of node.entries) {
    const inner = `${path ? `${path}.` : ''}${namesDeployments ? key.toLowerCase() : key}`;
    if ('line' in keyPlace) annotations.positions.set(inner, keyPlace);
    if (keyPlaceholder !== undefined) annotations.names.set(inner, `${path}.${keyPlaceholder}`);
    visit(value, inner, annotations);
  }
}
