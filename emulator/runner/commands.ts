/** A workflow command in a line of output. */
export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** Source: actions/runner, `ActionCommandManager.cs` and its command extensions. */
export const COMMANDS: readonly string[] = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
];

/**
 * A line that begins with `::name…::`, or that holds `##[name…]` anywhere, when the name is registered.
 * Source: actions/runner, `ActionCommand.cs`.
 */
export function parseCommand(line: string, registered: readonly string[]): Command | undefined {
  const [, info, data] = /^\s*::(.*?)::(.*)$/s.exec(line) ?? [];
  const named = info === undefined ? undefined : command(info, ',', registered);
  if (named) return { ...named, data: unescape(data ?? '', DATA) };
  const [, oldInfo, oldData] = /##\[(.*?)\](.*)$/s.exec(line) ?? [];
  const old = oldInfo === undefined ? undefined : command(oldInfo, ';', registered);
  return old && { ...old, data: unescape(oldData ?? '', OLD) };
}

function command(info: string, separator: ',' | ';', registered: readonly string[]): Omit<Command, 'data'> | undefined {
  const [name = '', ...rest] = info.split(' ');
  if (!registered.some((known) => known.toLowerCase() === name.toLowerCase())) return undefined;
  const properties = rest.join(' ').trim().split(separator).map(property);
  const escapes = separator === ',' ? PROPERTY : OLD;
  return {
    name: name.toLowerCase(),
    properties: Object.fromEntries(
      properties
        .filter(([, value]) => value !== '')
        .map(([key, value]) => [key.toLowerCase(), unescape(value, escapes)]),
    ),
  };
}

function property(text: string): [key: string, value: string] {
  const equals = text.indexOf('=');
  return equals < 1 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
}

/** The order is the runner's: `%25` comes last, so that `%250A` is `%0A` and no line break. */
const DATA: readonly (readonly [string, string])[] = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
];
const PROPERTY = [['%3A', ':'] as const, ['%2C', ','] as const, ...DATA];
const OLD = [['%3B', ';'] as const, ['%5D', ']'] as const, ...DATA];

function unescape(text: string, escapes: readonly (readonly [string, string])[]): string {
  return escapes.reduce((plain, [escaped, character]) => plain.replaceAll(escaped, character), text);
}
