import * as core from '@actions/core';
import { inputDefinition } from './config/inputs.ts';
import type { Deps, JournalEntry } from './deps.ts';
import { hostClock, hostFiles } from './host.ts';
import { cancelOnSignals } from './signals.ts';
import { journal } from './journal.ts';
import { failedOutputs, onlyNamed, outputsOf } from './report/outputs.ts';
import { reasonOf } from './report/problem.ts';
import { runnerReport } from './report/runner.ts';
import { failureMarkdown, summaryMarkdown } from './report/summary.ts';
import { type Ending, run } from './run.ts';

/** The runner's face, for the main step and its post step. */
export async function action(): Promise<void> {
  const isPost = core.getState('isPost') === 'true';
  process.exitCode = isPost ? await post() : await main();
}

async function main(): Promise<number> {
  core.saveState('isPost', 'true');
  const deps = runnerDeps();
  return run({ input: core.getInput, deps, finish: (ending) => handOver(ending, deps) });
}

/** When the main step had to leave something under way in Azure, the post step shows how it stands now. */
async function post(): Promise<number> {
  const open = JSON.parse(core.getState('underWay') || '[]') as JournalEntry[];
  if (open.length === 0) return 0;
  core.info(`left under way in Azure: ${open.map((entry) => entry.what).join(', ')}`);
  const show: Record<string, string> = { operation: 'show', endpoint: open.map((entry) => entry.endpoint).join(',') };
  const own = runnerDeps();
  // What has ended by now, and a deletion that has succeeded, is no error of a step that only looks.
  const deps = { ...own, report: { ...own.report, error: own.report.info } };
  await run({
    input: (name) => show[name] ?? (inputDefinition(name).operations.includes('show') ? core.getInput(name) : ''),
    deps,
    finish: async (ending) => logAnswer(ending, deps),
  });
  return 0;
}

function runnerDeps(): Deps {
  return {
    env: process.env,
    files: hostFiles,
    clock: hostClock,
    signal: cancelOnSignals(process),
    report: runnerReport(),
    journal: journal((open) => core.saveState('underWay', JSON.stringify(open))),
  };
}

async function handOver(ending: Ending, deps: Deps): Promise<void> {
  logAnswer(ending, deps);
  const named = onlyNamed(core.getInput('endpoint'));
  const outputs =
    'error' in ending
      ? failedOutputs(reasonOf(ending.error), named, !deps.journal.hasBegun())
      : outputsOf(ending.outcome, named);
  for (const [name, value] of Object.entries(outputs)) {
    core.setOutput(name, name === 'token' ? value : deps.report.clean(value));
  }
  if (!process.env['GITHUB_STEP_SUMMARY']) return;
  const operation = core.getInput('operation');
  const markdown =
    'error' in ending ? failureMarkdown(operation, ending.error) : summaryMarkdown(operation, ending.outcome);
  try {
    await core.summary.addRaw(deps.report.clean(markdown)).write();
  } catch (error) {
    // What was done is done; a page that cannot be written does not undo it.
    deps.report.warning(`the job summary cannot be written: ${reasonOf(error)}`);
  }
}

function logAnswer(ending: Ending, { report }: Deps): void {
  if (!('outcome' in ending) || !ending.outcome.answer || ending.outcome.secret) return;
  const { answer, foreign } = ending.outcome;
  if (typeof foreign === 'string') report.foreign(foreign, answer);
  else report.info(answer);
}
