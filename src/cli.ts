import { parseArguments } from './config/arguments.ts';
import type { Deps, Journal, Report } from './deps.ts';
import { InputFaults } from './failure.ts';
import { hostClock, hostFiles } from './host.ts';
import { journal } from './journal.ts';
import { harmless } from './report/harmless.ts';
import { reportProblem } from './report/problem.ts';
import { askToConfirm } from './report/prompt.ts';
import { terminalReport } from './report/terminal.ts';
import { holderName } from './rollout/state/holder.ts';
import { type Ending, run } from './run.ts';
import { cancelOnSignals } from './signals.ts';

/** A person's face: the answer alone on standard output, everything else on standard error. */
export async function cli(words: readonly string[]): Promise<void> {
  const deps = terminalDeps();
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads the answer may stop early, as `head` does; what was done is done.
    if (error.code !== 'EPIPE') deps.report.warning(`standard output cannot be written: ${error.message}`);
  });
  try {
    const parsed = parseArguments(words);
    if ('help' in parsed) process.stdout.write(parsed.help);
    else process.exitCode = await run({ input: parsed.input, deps, finish: (ending) => finish(ending, deps) });
  } catch (error) {
    if (!(error instanceof InputFaults)) throw error;
    process.exitCode = reportProblem(error, deps.report);
  }
}

function terminalDeps(): Deps {
  // In this order: to open standard input takes its time, and outside of a terminal nobody needs it.
  const onTerminal = process.stderr.isTTY && process.stdin.isTTY;
  const open = journal();
  const report = terminalReport(process.stderr, process.env);
  const signal = cancelOnSignals(process, () => tellRepair(open, report));
  return {
    env: process.env,
    files: hostFiles,
    clock: hostClock,
    signal,
    report,
    journal: open,
    holder: holderName(process.env, Math.random),
    // A second Ctrl-C ends the process, whatever it is at.
    secondWind: () => new AbortController().signal,
    ...(onTerminal
      ? { confirm: askToConfirm(process.stdin, process.stderr, signal, () => process.kill(process.pid, 'SIGINT')) }
      : {}),
  };
}

/** What a person has to do who does not let a rollout come to its end. */
function tellRepair(journal: Journal, report: Report): void {
  for (const { endpoint, what, onCancel } of journal.open()) {
    if (onCancel) report.error(`interrupted: ${what}; \`rollback --endpoint ${endpoint}\` restores its traffic`);
  }
}

async function finish(ending: Ending, { env, report }: Deps): Promise<void> {
  if (!('outcome' in ending) || !ending.outcome.answer) return;
  const { answer, secret } = ending.outcome;
  // Whatever it is about, it may quote Azure.
  const onRunner = env['GITHUB_ACTIONS'] === 'true';
  const clean = secret ? answer : report.clean(answer);
  process.stdout.write(`${onRunner && !secret ? harmless(clean) : clean}\n`);
}
