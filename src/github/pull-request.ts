import type { Env, Files } from '../deps.ts';
import { isObject, objectAt, textAt } from '../json.ts';

/** The pull request that a job runs for. */
export interface PullRequest {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  /** Its newest commit: where it is merged for a test, `GITHUB_SHA` is another one. */
  readonly head?: string;
}

const LARGEST_EVENT = 25 * 1024 * 1024;

/** `undefined` when the job was not started by a pull request. */
export async function pullRequestOf(env: Env, files: Files): Promise<PullRequest | undefined> {
  const [owner, repo] = (env['GITHUB_REPOSITORY'] ?? '').split('/');
  const path = env['GITHUB_EVENT_PATH'];
  if (!owner || !repo || !path || !env['GITHUB_EVENT_NAME']?.startsWith('pull_request')) return undefined;
  const pullRequest = objectAt(await event(path, files), 'pull_request');
  const { number } = pullRequest;
  const head = textAt(objectAt(pullRequest, 'head'), 'sha');
  return typeof number === 'number' ? { owner, repo, number, ...(head === undefined ? {} : { head }) } : undefined;
}

async function event(path: string, files: Files) {
  try {
    const payload: unknown = JSON.parse(Buffer.from(await files.read(path, LARGEST_EVENT)).toString('utf8'));
    return isObject(payload) ? payload : {};
  } catch {
    return {};
  }
}
