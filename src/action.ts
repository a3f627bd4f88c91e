import * as core from '@actions/core';
import { inputDefinition } from './config/inputs.ts';
import type { Operation } from './config/operations.ts';
import type { Deps, JournalEntry } from './deps.ts';
import { hostClock, hostFiles } from './host.ts';
import { cancelOnSignals } from './signals.ts';
import { journal } from './journal.ts';
import { failedOutputs, onlyNamed, outputsOf } from './report/outputs.ts';
import { reasonOf } from './report/problem.ts';
import { runnerReport, writeSummary } from './report/runner.ts';
import { failureMarkdown, summaryMarkdown } from './report/summary.ts';
import { holderName } from './rollout/holder.ts';
import { type Ending, run } from './run.ts';

/** The runner's face, for the main step and its post step. */
export async function action(): Promise<void> {
  const isPost = core.getState('isPost') === 'true';
  process.exitCode = isPost ? await post() : await main();
}

async function main(): Promise<number> {
  core.saveState('isPost', 'true');
  const holder = holderName(process.env, Math.random);
  core.saveState('holder', holder);
  const deps = runnerDeps(holder);
  return run({ input: core.getInput, deps, finish: (ending) => handOver(ending, deps) });
}

/**
 * When the main step had to leave something under way in Azure, the post step ends the rollouts among it as their policy says,
 * and shows how the rest stands now. It has five minutes; source: GitHub Docs, "Workflow cancellation reference".
 */
async function post(): Promise<number> {
  const open = JSON.parse(core.getState('underWay') || '[]') as JournalEntry[];
  if (open.length === 0) return 0;
  core.info(`left under way in Azure: ${open.map((entry) => entry.what).join(', ')}`);
  const own = runnerDeps(core.getState('holder'));
  for (const { endpoint, onCancel } of open.filter((entry) => entry.onCancel !== undefined)) {
    await eachSecond(`ending the rollout of ${endpoint}`, () => afterCancel(endpoint, onCancel!, own));
  }
  // What has ended by now, and a deletion that has succeeded, is no error of a step that only looks.
  const deps = { ...own, report: { ...own.report, error: own.report.info } };
  await perform('show', open.map((entry) => entry.endpoint).join(','), deps);
  return 0;
}

/** What `on-cancel` of the policy says, done for this rollout alone: whoever took the endpoint over meanwhile keeps it. */
async function afterCancel(endpoint: string, onCancel: 'rollback' | 'hold', deps: Deps): Promise<void> {
  if (onCancel === 'hold') {
    core.info(`${endpoint}: traffic stays where it is, as \`on-cancel: hold\` says; \`rollout\` goes on from there`);
  } else {
    await perform('rollback', endpoint, { ...deps, onlyOwn: true });
  }
}

async function perform(operation: Operation, endpoint: string, deps: Deps): Promise<void> {
  const given: Record<string, string> = { operation, endpoint };
  await run({
    input: (name) => given[name] ?? (inputDefinition(name).operations.includes(operation) ? core.getInput(name) : ''),
    deps,
    finish: async (ending) => logAnswer(ending, deps),
  });
}

async function eachSecond(what: string, work: () => Promise<void>): Promise<void> {
  const begin = Date.now();
  const ticker = setInterval(() => core.info(`${what}: ${Math.round((Date.now() - begin) / 1000)} s`), 1_000);
  try {
    await work();
  } finally {
    clearInterval(ticker);
  }
}

function runnerDeps(holder: string): Deps {
  return {
    env: process.env,
    files: hostFiles,
    clock: hostClock,
    signal: cancelOnSignals(process),
    report: runnerReport(),
    journal: journal((open) => core.saveState('underWay', JSON.stringify(open))),
    holder,
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
  const operation = core.getInput('operation');
  const markdown =
    'error' in ending ? failureMarkdown(operation, ending.error) : summaryMarkdown(operation, ending.outcome);
  try {
    await writeSummary(deps.report.clean(markdown));
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
