import { join } from 'node:path';
import { runChild } from './child.ts';
import { makeCommandFiles, readCommandFiles } from './command-files.ts';
import type { Masks } from './masks.ts';
import { type Annotation, stepLog } from './step-log.ts';

export interface Step {
  readonly name: 'main' | 'post';
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  /** A folder of the job's own. */
  readonly folder: string;
  readonly workspace: string;
  readonly masks: Masks;
  /** Warnings of the runner itself, from before the process starts. */
  readonly warnings: readonly string[];
  readonly onLine: (line: string) => void;
  readonly cancel?: AbortSignal | undefined;
  readonly lost?: AbortSignal | undefined;
}

/** What one process of the action left behind. */
export interface StepResult {
  readonly exitCode: number;
  readonly outputs: Readonly<Record<string, string>>;
  /** What would remain of the outputs as outputs of the job: none that holds a secret. */
  readonly jobOutputs: Readonly<Record<string, string>>;
  readonly annotations: readonly Annotation[];
  readonly groups: readonly string[];
  /** The log as GitHub shows it. */
  readonly maskedLog: string;
  /** The log as the process wrote it, commands included. */
  readonly rawLog: string;
  /** The job summary as GitHub shows it. */
  readonly summary: string;
  readonly state: Readonly<Record<string, string>>;
  readonly durationMs: number;
  /** From the cancellation to the end of the process, when it was cancelled. */
  readonly cancelMs?: number;
}

const LARGEST_SUMMARY = 1024 * 1024;

/** Runs one process of an action. @throws where the runner would fail the step whatever the exit code */
export async function runStep(step: Step): Promise<StepResult> {
  const folder = join(step.folder, step.name);
  const files = await makeCommandFiles(folder);
  const debug = step.env['RUNNER_DEBUG'] === '1';
  const log = stepLog({ workspace: step.workspace, masks: step.masks, debug, told: step.onLine });
  for (const message of step.warnings) log.annotate({ type: 'warning', message });
  const env = { ...step.env, ...files };
  const { file, workspace: cwd, cancel, lost } = step;
  const ended = await runChild({ file, cwd, env, onLine: log.take, cancel, lost });
  if (log.refused.length > 0) throw new Error(`Unable to process command '${log.refused.join("', '")}' successfully.`);
  const { summary, outputs, state } = await readCommandFiles(folder);
  const fits = Buffer.byteLength(summary) <= LARGEST_SUMMARY;
  if (!fits) log.annotate({ type: 'error', message: '$GITHUB_STEP_SUMMARY supports content up a size of 1024k' });
  return {
    ...ended,
    outputs,
    jobOutputs: withoutSecrets(outputs, step.masks),
    annotations: log.annotations,
    groups: log.groups,
    maskedLog: log.shown.join('\n'),
    rawLog: log.raw.join('\n'),
    summary: fits ? summary.split('\n').map(step.masks.apply).join('\n') : '',
    state,
  };
}

/** Source: actions/runner, `JobExtension.cs` ("Skip output … since it may contain secret"). */
function withoutSecrets(outputs: Readonly<Record<string, string>>, { apply }: Masks): Record<string, string> {
  return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== '' && apply(value) === value));
}
