import { PRESETS } from '../src/rollout/policy/presets.ts';
import { POLICY_KEYS } from '../src/rollout/policy/keys.ts';
import { formatDuration } from '../src/duration.ts';
import type { Keys, Shape } from '../src/spec/schema.ts';
import { between, markdown } from './faces.ts';

/** `docs/rollout.md` with its tables of presets and keys made new from those that the code reads. */
export function withPolicyTables(page: string): string {
  const presets = Object.entries(PRESETS).map(([name, { steps, bake, finalBake }]) => [
    `\`${name}\``,
    [...steps, 100].join(', '),
    steps.length > 0 ? formatDuration(bake) : '\u2013',
    formatDuration(finalBake),
  ]);
  const tables = {
    presets: markdown(['Preset', 'Steps, in percent of the way', 'Each step', 'The whole'], presets),
    policy: markdown(['Key', 'Value', 'Meaning'], rows(POLICY_KEYS, '')),
  };
  return Object.entries(tables).reduce((text, [name, table]) => between(text, name, table), page);
}

function rows(keys: Keys, path: string): string[][] {
  return Object.entries(keys).flatMap(([name, key]) => {
    const own = `${path}${name}`;
    const inner = key.type === 'text-or-object' ? key.object : key;
    const required = key.required ? '. Required' : '';
    const row = [`\`${own}\``, `${valueOf(key)}${required}`, key.description];
    return inner.type === 'object' ? [row, ...rows(inner.keys, `${own}.`)] : [row];
  });
}

function valueOf(shape: Shape): string {
  switch (shape.type) {
    case 'text':
      return shape.form?.words ?? 'text';
    case 'choice':
      return Object.keys(shape.values)
        .map((word) => `\`${word}\``)
        .join(', ');
    case 'integer':
      return shape.maximum === undefined ? `integer from ${shape.minimum}` : `${shape.minimum} to ${shape.maximum}`;
    case 'number':
      return `number from ${shape.minimum} to ${shape.maximum}`;
    case 'record':
      return `map such as \`${shape.example}\``;
    case 'list':
      return `list of ${valueOf(shape.of)}`;
    case 'text-or-object':
      return valueOf(shape.text);
    default:
      return 'map';
  }
}
