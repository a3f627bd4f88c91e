import fc from 'fast-check';

type Container = Record<string, unknown> | unknown[];

/** One thing that somebody may write otherwise, somewhere in a file. */
interface Slip {
  readonly how: 'replace' | 'remove' | 'rename' | 'add' | 'respell';
  /** Which of all places: counted around, so that each number is one. */
  readonly where: number;
  readonly key: string;
  readonly value: unknown;
  readonly respelled: (text: string) => string;
}

const value = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, '', 'x', 'off', '5', '5%', '10m', '1.5x', {}, [], [1], { a: 'x' }),
  fc.constantFrom<unknown>(
    { a: 1 },
    { a: null },
    { blue: 100 },
    { Blue: 0, green: 101 },
    { type: 'default' },
    { x: {} },
  ),
  fc.constantFrom<unknown>(0, 1, -1, 0.5, 50, 51, 100, 101, 180_000, 300_001, 2 ** 31),
  // With values of their own, as a run would set them.
  fc.constantFrom('${{ env.WORD }}', '${{env.NUMBER}}', '{{WORD}}', '{{ YES }}', 'a-${{ env.WORD }}', '{{NO-NAME}}'),
  fc.constantFrom(
    'azureml:iris:1',
    '/subscriptions/s/x',
    'azureml:c',
    'enabled',
    'key',
    'managed',
    'kubernetes',
    'fast',
  ),
);

const respelled = fc.constantFrom<(text: string) => string>(
  (text) => text.toUpperCase(),
  (text) => text.charAt(0).toUpperCase() + text.slice(1),
  (text) => text.replaceAll('_', '-'),
  (text) => text.replaceAll('_', ' '),
  (text) => text.replaceAll('_', ''),
  (text) => text.replaceAll(',', ', '),
  (text) => `${text} `,
  (text) => `x${text}`,
);

/** What a file says, after none, one or two slips. `keys` are those that somebody may think of. */
export function withSlips(valid: fc.Arbitrary<object>, keys: readonly string[]): fc.Arbitrary<object> {
  const slip = fc.record<Slip>({
    how: fc.constantFrom('replace', 'replace', 'remove', 'rename', 'add', 'respell'),
    where: fc.nat({ max: 10_000 }),
    key: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...keys) },
      { weight: 1, arbitrary: fc.string({ maxLength: 5 }) },
    ),
    value,
    respelled,
  });
  return fc.tuple(valid, fc.array(slip, { maxLength: 2 })).map(([content, slips]) => {
    const changed = structuredClone(content);
    for (const each of slips) apply(changed as Container, each);
    return changed;
  });
}

function apply(root: Container, { how, where, key, value: other, respelled: spell }: Slip): void {
  const all = containers(root);
  if (how === 'add') {
    const container = all[where % all.length]!;
    if (Array.isArray(container)) container.push(other);
    else container[key] = other;
    return;
  }
  const places = all.flatMap((container) => Object.keys(container).map((name) => ({ container, name })));
  const texts = places.filter(({ container, name }) => typeof at(container, name) === 'string');
  const candidates = how === 'respell' ? texts : places;
  const place = candidates[where % Math.max(1, candidates.length)];
  if (!place) return;
  const { container, name } = place;
  const before = at(container, name);
  if (how === 'remove' || how === 'rename') remove(container, name);
  if (how === 'rename' && !Array.isArray(container)) container[spell(name)] = before;
  if (how === 'replace') put(container, name, other);
  if (how === 'respell') put(container, name, spell(before as string));
}

function containers(value: unknown): Container[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as Container, ...Object.values(value).flatMap(containers)];
}

const at = (container: Container, name: string): unknown => (container as Record<string, unknown>)[name];

function put(container: Container, name: string, value: unknown): void {
  (container as Record<string, unknown>)[name] = value;
}

function remove(container: Container, name: string): void {
  if (Array.isArray(container)) container.splice(Number(name), 1);
  else Reflect.deleteProperty(container, name);
}
