import type { Env, Files } from '../deps.ts';
import { isObject, objectAt } from '../json.ts';

/** The pull request that a job runs for. */
export interface PullRequest {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
}

const LARGEST_EVENT = 25 * 1024 * 1024;

/** `undefined` when the job was not started by a pull request. */
export async function pullRequestOf(env: Env, files: Files): Promise<PullRequest | undefined> {
  const [owner, repo] = (env['GITHUB_REPOSITORY'] ?? '').split('/');
  const path = env['GITHUB_EVENT_PATH'];
  if (!owner || !repo || !path || !env['GITHUB_EVENT_NAME']?.startsWith('pull_request')) return undefined;
  const number = objectAt(await event(path, files), 'pull_request')['number'];
  return typeof number === 'number' ? { owner, repo, number } : undefined;
}

async function event(path: string, files: Files) {
  try {
    const payload: unknown = JSON.parse(Buffer.from(await files.read(path, LARGEST_EVENT)).toString('utf8'));
    return isObject(payload) ? payload : {};
  } catch {
    return {};
  }
}
