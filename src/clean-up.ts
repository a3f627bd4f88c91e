import type { RawInput } from './config/read.ts';
import { inputDefinition } from './config/inputs.ts';
import type { Operation } from './config/operations.ts';
import type { Deps, JournalEntry } from './deps.ts';
import type { ExitCode } from './failure.ts';
import { reasonOf } from './report/problem.ts';
import { markdownText } from './table.ts';
import { type Ending, run } from './run.ts';

/** The post step of a cancelled job has five minutes; source: GitHub Docs, "Workflow cancellation reference". */
const BUDGET = '240s';

interface Hands {
  readonly input: RawInput;
  /** Under the name of the step that left it. */
  readonly deps: Deps;
}

/**
 * What a step left under way in Azure: ends the rollouts among it as their policies say, each second with a line that a
 * person can watch, and shows how the rest stands now.
 * @returns 1 when traffic could not be put back
 */
export async function cleanUp(open: readonly JournalEntry[], { input, deps }: Hands): Promise<ExitCode> {
  deps.report.info(`still running in Azure: ${open.map((entry) => entry.what).join(', ')}`);
  const rollouts = open.filter(({ onCancel }) => onCancel !== undefined);
  const names = rollouts.map(({ endpoint }) => endpoint).join(', ');
  const codes = await eachSecond(`ending the rollout of ${names}`, deps, () =>
    Promise.all(rollouts.map((entry) => endRollout(entry, { input, deps }))),
  );
  // What has ended by now, and a deletion that has succeeded, is no error of a step that only looks.
  const looking = { ...deps, report: { ...deps.report, error: deps.report.info } };
  const endpoint = [...new Set(open.map((entry) => entry.endpoint))].join(',');
  await perform('show', { endpoint }, { input, deps: looking });
  return codes.some((code) => code !== 0) ? 1 : 0;
}

/** What `on-cancel` of the policy says, done for this rollout alone: whoever took the endpoint over meanwhile keeps it. */
async function endRollout({ endpoint, onCancel }: JournalEntry, { input, deps }: Hands): Promise<ExitCode> {
  if (onCancel === 'hold') {
    const words = `${endpoint}: traffic stays where it is, as \`on-cancel: hold\` says; \`rollout\` resumes from there`;
    deps.report.info(words);
    await draw(endpoint, `#### ⏸️ ${words}`, deps);
    return 0;
  }
  const given = { endpoint, timeout: BUDGET };
  const { code, ending } = await perform('rollback', given, { input, deps: { ...deps, onlyOwn: true } });
  const headline =
    'error' in ending
      ? `❌ ${endpoint}: the rollout was interrupted and its traffic could not be restored: ${reasonOf(ending.error)}`
      : `⏪ ${ending.outcome.answer ?? endpoint}: the rollout was interrupted`;
  await draw(endpoint, `#### ${markdownText(headline)}`, deps);
  return code;
}

/** A page that cannot be written keeps no traffic of another endpoint from being restored. */
async function draw(endpoint: string, markdown: string, { report }: Deps): Promise<void> {
  await report.draft(endpoint, markdown).catch((error: unknown) => {
    report.warning(`the job summary cannot be written: ${reasonOf(error)}`);
  });
}

async function perform(
  operation: Operation,
  inputs: Readonly<Record<string, string>>,
  { input, deps }: Hands,
): Promise<{ code: ExitCode; ending: Ending }> {
  const given: Readonly<Record<string, string>> = { operation, ...inputs };
  let ending: Ending = { outcome: { endpoints: [] } };
  const code = await run({
    input: (name) => given[name] ?? (inputDefinition(name).operations.includes(operation) ? input(name) : ''),
    deps,
    finish: async (how) => {
      ending = how;
      if ('outcome' in how && how.outcome.answer) deps.report.info(how.outcome.answer);
    },
  });
  return { code, ending };
}

async function eachSecond<T>(what: string, { report }: Deps, work: () => Promise<T>): Promise<T> {
  const begin = Date.now();
  const tell = (): void => report.info(`${what}: ${Math.round((Date.now() - begin) / 1000)} s`);
  const ticker = setInterval(tell, 1_000);
  try {
    return await work();
  } finally {
    clearInterval(ticker);
  }
}
