/**
 * GitHub's runner as tests and the demo meet it: runs a JavaScript action in processes of its own, with the protocol of
 * actions/runner around it. It leaves out containers, `pre` and `post-if`, and all that happens between steps.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inputVariables, readActionFile, unexpectedInputs } from './action-file.ts';
import { type GitHubEvent, jobEnvironment } from './job-environment.ts';
import { masks } from './masks.ts';
import { runStep, type Step, type StepResult } from './step.ts';

export type { StepResult } from './step.ts';

export interface RunOptions {
  /** The folder with `action.yml`. */
  readonly actionDir: string;
  /** The checked-out repository: where the action runs. */
  readonly workspace: string;
  /** What stands under `with:`. */
  readonly inputs: Readonly<Record<string, string>>;
  /** What stands under `env:`, beside the variables of every job. */
  readonly env?: Readonly<Record<string, string>>;
  /** `workflow_dispatch` unless told. */
  readonly event?: GitHubEvent;
  /** Cancels the job when it is aborted: SIGINT, after 7.5 s SIGTERM, after 2.5 s more a kill. The post step still runs. */
  readonly cancel?: AbortSignal;
  /** How long the post step of a cancelled job has before it is killed, in milliseconds; GitHub's five minutes unless told. */
  readonly postTime?: number;
  /** Told each line of the log as GitHub shows it, at once. */
  readonly onLine?: (line: string) => void;
}

/** Source: GitHub Docs, "Workflow cancellation reference". */
const CANCELLATION = 5 * 60_000;

/** What the main step left behind; `post` is its post step. */
export interface RunResult extends StepResult {
  readonly post: StepResult;
}

/**
 * Runs an action as one step of a job: its main script and, however that ended, its post script.
 * @throws where the runner itself would fail the step: command files that cannot be read, commands that are refused
 */
export function runAction(options: RunOptions): Promise<RunResult> {
  return onRunner(options, async (step) => {
    const main = await step('main', { cancel: options.cancel });
    const isCancelled = options.cancel?.aborted === true;
    const limits = isCancelled ? { lost: AbortSignal.timeout(options.postTime ?? CANCELLATION) } : {};
    return { ...main, post: await step('post', limits, main.state) };
  });
}

/**
 * Runs an action on a machine that is gone when `lost` is aborted: nothing is signalled, and no post script runs.
 * @returns what the main script had left behind by then
 */
export function runUntilLost(options: RunOptions, lost: AbortSignal): Promise<StepResult> {
  return onRunner(options, (step) => step('main', { lost }));
}

type RunOneStep = (
  name: Step['name'],
  signals: Pick<Step, 'cancel' | 'lost'>,
  state?: Readonly<Record<string, string>>,
) => Promise<StepResult>;

/** One job, on a machine that is tidied up afterwards. */
async function onRunner<T>(options: RunOptions, job: (step: RunOneStep) => Promise<T>): Promise<T> {
  const { actionDir, workspace, inputs, env = {}, event = { name: 'workflow_dispatch' } } = options;
  const action = await readActionFile(actionDir);
  const folder = await mkdtemp(join(tmpdir(), 'runner-'));
  const variables = { ...(await jobEnvironment(folder, workspace, event)), ...env, ...inputVariables(action, inputs) };
  const warning = unexpectedInputs(action, inputs);
  const all = { folder, workspace, masks: masks(), onLine: options.onLine ?? (() => undefined) };
  const step: RunOneStep = (name, signals, state = {}) =>
    runStep({
      ...all,
      name,
      file: resolve(actionDir, action.runs[name]),
      env: { ...variables, ...stateVariables(state) },
      // The runner looks at the inputs once.
      warnings: warning && name === 'main' ? [warning] : [],
      ...signals,
    });
  try {
    return await job(step);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function stateVariables(state: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]));
}
