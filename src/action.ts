import * as core from '@actions/core';
import { cleanUp } from './clean-up.ts';
import type { Deps, JournalEntry, Report } from './deps.ts';
import { hostClock, hostFiles } from './host.ts';
import { cancelOnSignals } from './signals.ts';
import { journal } from './journal.ts';
import { failedOutputs, onlyNamed, outputsOf } from './report/outputs.ts';
import { reasonOf } from './report/problem.ts';
import { type RunnerReport, runnerReport } from './report/runner.ts';
import { failureMarkdown, summaryMarkdown } from './report/summary.ts';
import { holderName } from './rollout/state/holder.ts';
import { type Ending, run } from './run.ts';

type RunnerDeps = Deps & { readonly report: RunnerReport };

/** The runner's face, for the main step and its post step. */
export async function action(): Promise<void> {
  const isPost = core.getState('isPost') === 'true';
  try {
    process.exitCode = isPost ? await post() : await main();
  } catch (error) {
    // Such as a file of the runner that cannot be written; nothing of Azure comes this far.
    core.error(`the runner does not work as it should: ${reasonOf(error)}`);
    process.exitCode = 1;
  }
}

async function main(): Promise<number> {
  core.saveState('isPost', 'true');
  const holder = holderName(process.env, Math.random);
  core.saveState('holder', holder);
  const deps = runnerDeps(holder);
  return run({ input: core.getInput, deps, finish: (ending) => handOver(ending, deps) });
}

/** Ends what the main step had to leave under way in Azure, however that step ended. */
async function post(): Promise<number> {
  const open = JSON.parse(core.getState('underWay') || '[]') as JournalEntry[];
  if (open.length === 0) return 0;
  return cleanUp(open, { input: core.getInput, deps: runnerDeps(core.getState('holder'), open) });
}

function runnerDeps(holder: string, left: readonly JournalEntry[] = []): RunnerDeps {
  const report = runnerReport();
  return {
    env: process.env,
    files: hostFiles,
    clock: hostClock,
    signal: cancelOnSignals(process),
    report,
    journal: journal((open) => remember(open, report), left),
    holder,
  };
}

/** For the post step. What Azure is told to do does not depend on a file of the runner. */
function remember(open: readonly JournalEntry[], report: Report): void {
  try {
    core.saveState('underWay', JSON.stringify(open));
  } catch (error) {
    report.warning(`the post step will not know what is running in Azure: ${reasonOf(error)}`);
  }
}

async function handOver(ending: Ending, deps: RunnerDeps): Promise<void> {
  logAnswer(ending, deps);
  const named = onlyNamed(core.getInput('endpoint'));
  const outputs =
    'error' in ending
      ? failedOutputs(reasonOf(ending.error), named, !deps.journal.hasBegun())
      : outputsOf(ending.outcome, named);
  for (const [name, value] of Object.entries(outputs)) {
    core.setOutput(name, name === 'token' ? value : deps.report.clean(value));
  }
  const operation = core.getInput('operation');
  const markdown =
    'error' in ending ? failureMarkdown(operation, ending.error) : summaryMarkdown(operation, ending.outcome);
  try {
    // A rollout that was cut short has its picture only in its draft.
    const sections = 'error' in ending ? [] : (ending.outcome.sections ?? []);
    await deps.report.summary(
      markdown,
      sections.map(({ about }) => about),
    );
  } catch (error) {
    // What was done is done; a page that cannot be written does not undo it.
    deps.report.warning(`the job summary cannot be written: ${reasonOf(error)}`);
  }
}

function logAnswer(ending: Ending, { report }: Deps): void {
  if (!('outcome' in ending) || !ending.outcome.answer || ending.outcome.secret) return;
  const { answer, foreign } = ending.outcome;
  if (foreign !== undefined) report.foreign(foreign, answer);
  else report.info(answer);
}
