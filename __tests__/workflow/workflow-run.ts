import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Emulator } from '../../emulator/server.ts';
import { runCommand } from '../support/command-line.ts';
import { copyAction, makeUserRepository, PLACEHOLDER } from './user-repository.ts';

export interface WorkflowEvent {
  readonly name: 'push' | 'pull_request' | 'workflow_dispatch' | 'schedule';
  readonly payload?: object;
}

export interface WorkflowOptions {
  /** Files of the repository that differ from this project's own `endpoints/` and `examples/`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Variables of the runner, beside those that lead to the emulator. */
  readonly env?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
}

export interface WorkflowRun {
  readonly succeeded: boolean;
  /** The jobs that ran. A job that was skipped is not among them. */
  readonly jobs: Readonly<Record<string, string>>;
  /** All that act printed: what a user would read at GitHub, masks applied, summaries included. */
  readonly log: string;
}

/** Runs one example in a user's repository, on a runner for which the emulator is Azure. */
export async function runWorkflow(
  act: string,
  azure: Emulator,
  example: string,
  { name, payload = {} }: WorkflowEvent,
  { files = {}, env = {}, flags = [] }: WorkflowOptions,
): Promise<WorkflowRun> {
  const folder = await mkdtemp(join(tmpdir(), 'workflow-'));
  const at = (part: string): string => join(folder, part);
  try {
    await makeUserRepository(at('repository'), files);
    await copyAction(at('action'));
    await writeFile(at('event.json'), JSON.stringify(payload));
    const words = [
      ...[name, '--eventpath', at('event.json'), '--workflows', `.github/workflows/${example}`, '--strict'],
      ...['--platform', 'ubuntu-latest=-self-hosted', '--local-repository', `${PLACEHOLDER}=${at('action')}`],
      ...['--action-cache-path', at('cache'), '--no-cache-server', ...variables(azure), ...flags],
    ];
    const options = { cwd: at('repository'), env: { ...runnerEnvironment(azure, folder), ...env } };
    const { exitCode, stdout, stderr } = await runCommand(act, words, options);
    return { succeeded: exitCode === 0, jobs: jobsOf(stdout), log: `${stdout}${stderr}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a user enters as variables of the repository. They reach the action only where an example says so. */
function variables({ env }: Emulator): string[] {
  const { AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_SUBSCRIPTION_ID, AZURE_RESOURCE_GROUP, AZURE_ML_WORKSPACE } = env;
  const entered = {
    AZURE_TENANT_ID,
    AZURE_CLIENT_ID,
    AZURE_PLAN_CLIENT_ID: AZURE_CLIENT_ID,
    AZURE_SUBSCRIPTION_ID,
    AZURE_RESOURCE_GROUP,
    AZURE_ML_WORKSPACE,
  };
  return Object.entries(entered).flatMap(([name, value]) => ['--var', `${name}=${value}`]);
}

/** A runner as GitHub gives it to a job with `id-token: write`, save that Azure and GitHub are the emulator. */
function runnerEnvironment({ env, caFile }: Emulator, folder: string): Record<string, string> {
  const addresses = [
    'AZURE_AUTHORITY_HOST',
    'AZURE_RESOURCE_MANAGER_ENDPOINT',
    'NODE_EXTRA_CA_CERTS',
    'ACTIONS_ID_TOKEN_REQUEST_URL',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    // Empty unless the emulator's minutes are short.
    'EMULATED_MINUTE_MS',
  ];
  return {
    ...Object.fromEntries(addresses.map((name) => [name, env[name] ?? ''])),
    CURL_CA_BUNDLE: caFile,
    // act runs whatever `node` comes first.
    PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
    // Settings and logins of whoever runs the tests must not matter.
    HOME: folder,
    XDG_CACHE_HOME: join(folder, 'cache'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    ACT_DISABLE_VERSION_CHECK: '1',
  };
}

function jobsOf(log: string): Record<string, string> {
  const endings = log.matchAll(/^\[[^/\]]+\/([^\]]+?)\s*\].* Job (succeeded|failed)$/gm);
  return Object.fromEntries([...endings].map(([, job, ending]) => [job ?? '', ending ?? '']));
}
