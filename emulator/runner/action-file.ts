import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What a runner reads of an `action.yml`. */
export interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly default?: string | number | boolean } | null>>;
  readonly runs: { readonly using: string; readonly main: string; readonly post: string };
}

export async function readActionFile(actionDir: string): Promise<ActionFile> {
  const action = parse(await readFile(join(actionDir, 'action.yml'), 'utf8')) as Partial<ActionFile>;
  const { inputs = {}, runs } = action;
  if (!runs?.using.startsWith('node')) throw new Error(`${actionDir}/action.yml is no JavaScript action`);
  if (!runs.main || !runs.post) throw new Error(`${actionDir}/action.yml needs main and post to run here`);
  return { inputs, runs };
}

/**
 * Inputs as the process gets them: only spaces become `_`, so hyphens stay; one without value and default is set to the
 * empty text; one that nobody declared is passed on all the same. Source: actions/runner, `Handler.cs` and
 * `ActionRunner.cs`.
 */
export function inputVariables(action: ActionFile, inputs: Readonly<Record<string, string>>): Record<string, string> {
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, String(input?.default ?? '')]);
  const given = Object.entries(inputs).map(([name, value]) => [declaredAs(action, name) ?? name, value]);
  const all = Object.entries(Object.fromEntries([...defaults, ...given]) as Record<string, string>);
  return Object.fromEntries(all.map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]));
}

/** The warning about inputs that `action.yml` does not declare, in the runner's words. */
export function unexpectedInputs(action: ActionFile, inputs: Readonly<Record<string, string>>): string | undefined {
  const unknown = Object.keys(inputs).filter((name) => declaredAs(action, name) === undefined);
  if (unknown.length === 0) return undefined;
  const list = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');
  return `Unexpected input(s) ${list(unknown)}, valid inputs are [${list(Object.keys(action.inputs))}]`;
}

/** Names of inputs compare without case. */
function declaredAs(action: ActionFile, name: string): string | undefined {
  return Object.keys(action.inputs).find((declared) => declared.toLowerCase() === name.toLowerCase());
}
