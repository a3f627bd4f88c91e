import { writeFile } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';

/** What has happened in the repository, as `GITHUB_EVENT_NAME` and the file of `GITHUB_EVENT_PATH` tell it. */
export interface GitHubEvent {
  readonly name: string;
  readonly payload?: unknown;
}

/**
 * The variables of a job on the main branch, and nothing of the machine it really runs on but `PATH`.
 * Source: docs.github.com, "Variables reference".
 */
export async function jobEnvironment(
  folder: string,
  workspace: string,
  event: GitHubEvent,
): Promise<Record<string, string>> {
  const eventFile = join(folder, 'event.json');
  await writeFile(eventFile, JSON.stringify(event.payload ?? {}));
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__self',
    GITHUB_ACTOR: 'octocat',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: eventFile,
    GITHUB_JOB: 'endpoints',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REPOSITORY: 'octo-org/octo-repo',
    GITHUB_REPOSITORY_OWNER: 'octo-org',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '1658821493',
    GITHUB_RUN_NUMBER: '3',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: 'ffac537e6cbbf934b08745a378932722df287a53',
    GITHUB_WORKFLOW: 'Endpoints',
    GITHUB_WORKSPACE: workspace,
    RUNNER_ARCH: arch().toUpperCase(),
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'emulated runner',
    RUNNER_OS: { darwin: 'macOS', win32: 'Windows' }[platform() as string] ?? 'Linux',
    RUNNER_TEMP: folder,
    RUNNER_TOOL_CACHE: join(folder, 'tools'),
  };
}
