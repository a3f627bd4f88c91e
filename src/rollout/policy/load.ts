import type { Env } from '../../deps.ts';
import type { Fault } from '../../failure.ts';
import { locate, type LocalFiles } from '../../spec/locate.ts';
import { folderPath, joined, leadsOut } from '../../spec/path.ts';
import { nearest } from '../../spec/nearest.ts';
import { byPlace } from '../../spec/order.ts';
import { chosen } from '../../spec/schema.ts';
import { homeOutside, readSource, reason } from '../../spec/source.ts';
import { clipped, faultAt, type ScalarNode, shownValue } from '../../spec/tree.ts';
import type { Policy } from '../model.ts';
import { readPolicy } from './read.ts';
import { PRESET_WORDS } from './keys.ts';
import { presetPolicy } from './presets.ts';

export interface PolicyRequest {
  /** The input `policy`: a preset, a path, inline YAML, `none`, or empty for the file beside the endpoint. */
  readonly input: string;
  /** The folder with one YAML an endpoint. */
  readonly folder: string;
  /** In lower case. */
  readonly endpoint: string;
  /** Where placeholders find their values. */
  readonly env: Env;
}

/**
 * The policy of an endpoint, and what is wrong with it. Neither when there is none, which means that traffic moves at once.
 */
export async function resolvePolicy(
  files: LocalFiles,
  { input, folder, endpoint, env }: PolicyRequest,
): Promise<{ policy?: Policy; faults: readonly Fault[] }> {
  const word = input.trim();
  if (word === '') return beside(files, folderPath(folder), endpoint, env);
  if (word.toLowerCase() === 'none') return { faults: [] };
  const preset = chosen(PRESET_WORDS, word);
  if (preset) return { policy: presetPolicy(preset), faults: [] };
  if (/[\n:{]/.test(word)) return read(files, input, undefined, env);
  const path = joined('', word);
  const fault = (message: string): Fault => ({ message: `input policy: ${message}` });
  if (leadsOut(path)) return { faults: [fault(`${clipped(word)} is outside the working directory`)] };
  const found = await files.stat(path).catch((error: unknown) => reason(error));
  if (typeof found === 'string') return { faults: [fault(`${clipped(word)} cannot be read: ${found}`)] };
  if (!found) return { faults: [fault(noSuch(word))] };
  if (!found.inside) return { faults: [fault(`${clipped(word)} is outside the working directory`)] };
  if (found.kind !== 'file') return { faults: [fault(`${clipped(word)} is not a file`)] };
  return fromFile(files, path, env);
}

/** `rollout.yml` in the folder that has the endpoint's name, whatever their case. */
async function beside(
  files: LocalFiles,
  folder: string,
  endpoint: string,
  env: Env,
): Promise<{ policy?: Policy; faults: readonly Fault[] }> {
  const faults: Fault[] = [];
  // A policy that cannot be read is none that is not there: traffic would move without it.
  const orNone =
    (path: string) =>
    (error: unknown): string[] => {
      const code = (error as { code?: unknown } | null)?.code;
      if (code !== 'ENOENT' && code !== 'ENOTDIR')
        faults.push({ file: path, message: `cannot be read: ${reason(error)}` });
      return [];
    };
  const owners = (await files.entries(folder).catch(orNone(folder))).filter((name) => name.toLowerCase() === endpoint);
  const found = owners.map(async (owner) => {
    const path = joined(folder, owner);
    const names = await files.entries(path).catch(orNone(path));
    return names.filter((name) => /^rollout\.ya?ml$/i.test(name)).map((name) => `${path}/${name}`);
  });
  const [first, second] = (await Promise.all(found)).flat();
  if (faults.length > 0) return { faults };
  if (first === undefined) return { faults: [] };
  if (second === undefined) return fromFile(files, first, env, await homeOutside(files, folder));
  const message = `${second} is the rollout policy of endpoint ${endpoint} too; keep one of the two`;
  return { faults: [{ file: first, line: 1, column: 1, message }] };
}

async function fromFile(files: LocalFiles, file: string, env: Env, home?: string): ReturnType<typeof resolvePolicy> {
  const text = await readSource(files, file, home);
  return typeof text === 'string' ? read(files, text, file, env) : { faults: [text] };
}

async function read(
  files: LocalFiles,
  text: string,
  file: string | undefined,
  env: Env,
): ReturnType<typeof resolvePolicy> {
  const { policy, request, faults } = readPolicy(text, file, env);
  const missing = request ? await requestFaults(files, request) : [];
  if (policy && missing.length === 0) return { policy, faults };
  return { faults: [...faults, ...missing].sort(byPlace) };
}

async function requestFaults(files: LocalFiles, node: ScalarNode): Promise<Fault[]> {
  const located = await locate(files, { node, key: 'smoke.request' });
  if ('message' in located) return [located];
  if (located.kind === 'file') return [];
  return [faultAt(node.place, `smoke.request ${shownValue(node)} is not a file`)];
}

function noSuch(word: string): string {
  const presets = Object.keys(PRESET_WORDS);
  const near = nearest(word, [...presets, 'none']);
  const advice = near ? `did you mean ${near}?` : `presets: ${presets.join(', ')}; none for no policy`;
  return `"${clipped(word)}" is neither a preset nor a file; ${advice}`;
}
