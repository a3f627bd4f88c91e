import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a step wrote into its command files. */
export interface Written {
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly path: readonly string[];
  /** As the file has it, not yet masked. */
  readonly summary: string;
}

const FILES = ['OUTPUT', 'STATE', 'ENV', 'PATH', 'STEP_SUMMARY'] as const;

/** Makes the empty files of one step. @returns the variables that name them */
export async function makeCommandFiles(folder: string): Promise<Record<string, string>> {
  await mkdir(folder, { recursive: true });
  const variables = Object.fromEntries(FILES.map((name) => [`GITHUB_${name}`, join(folder, name.toLowerCase())]));
  await Promise.all(Object.values(variables).map((file) => writeFile(file, '')));
  return variables;
}

/**
 * Reads the files of a step that has ended.
 * @throws where the runner would fail the step
 */
export async function readCommandFiles(folder: string): Promise<Written> {
  const text = (name: (typeof FILES)[number]): Promise<string> => readFile(join(folder, name.toLowerCase()), 'utf8');
  const env = pairs(await text('ENV'));
  if ('NODE_OPTIONS' in env) throw new Error("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
  return {
    outputs: pairs(await text('OUTPUT')),
    state: pairs(await text('STATE')),
    env,
    path: (await text('PATH')).split('\n').filter((line) => line !== ''),
    summary: await text('STEP_SUMMARY'),
  };
}

/**
 * `NAME=VALUE`, or `NAME<<DELIMITER`, the value's lines and the delimiter alone. A later pair wins.
 * Source: actions/runner, `FileCommandManager.cs` (`EnvFileKeyValuePairs`).
 * @throws in the runner's words
 */
export function pairs(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  const lines = text.split('\n');
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line === '') continue;
    const [name, value] = pair(line, lines);
    found[name] = value;
  }
  return found;
}

function pair(line: string, following: string[]): [name: string, value: string] {
  const equals = line.indexOf('=');
  const heredoc = line.indexOf('<<');
  if (heredoc >= 0 && (equals < 0 || heredoc < equals)) return heredocPair(line, following);
  if (equals < 0) throw new Error(`Invalid format '${line}'`);
  if (equals === 0) throw new Error(`Invalid format '${line}'. Name must not be empty`);
  return [line.slice(0, equals), line.slice(equals + 1)];
}

function heredocPair(line: string, following: string[]): [name: string, value: string] {
  const name = line.slice(0, line.indexOf('<<'));
  const delimiter = line.slice(name.length + 2);
  if (!name || !delimiter) {
    throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`);
  }
  const end = following.indexOf(delimiter);
  if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
  const value = following.splice(0, end + 1).slice(0, -1);
  return [name, value.join('\n')];
}
