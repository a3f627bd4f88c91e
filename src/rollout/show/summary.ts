import { foldedText, markdownTable, markdownText } from '../../report/table.ts';
import { formatTraffic, weightOf } from '../../spec/traffic.ts';
import { smokeDetails, smokeTable } from '../smoke/table.ts';
import type { Ending, Progress } from '../walk/ports.ts';
import { diagram } from './diagram.ts';
import { headline } from './headline.ts';
import { sparklines, stageRows, STAGE_HEADER } from './stages.ts';

/**
 * A rollout in the job summary, as it stands: the cause first, then each stage with its evidence, the smoke test, traffic
 * before and after, and what to do next. Whatever comes from outside is made harmless; a secret is never among it.
 */
export function rolloutMarkdown(progress: Progress): string {
  const { ending, stages, smoke } = progress;
  const parts = [
    `#### ${markdownText(headline(progress))}`,
    ...(ending?.nextStep ? [`Next: ${markdownText(ending.nextStep)}`] : []),
    ...(ending?.status === 'paused' ? [commands(progress)] : []),
    stages.length > 0 ? markdownTable(STAGE_HEADER, stageRows(progress)) : '',
    sparklines(progress),
    smoke ? `**Smoke test**: ${markdownText(smoke.reason)}\n\n${tableOf(smokeTable(smoke))}` : '',
    smoke && smokeDetails(smoke).length > 0 ? foldedText('Values that differ', smokeDetails(smoke)) : '',
    trafficTable(progress),
    ending?.table ? differenceTable(ending.table) : '',
    certificate(progress),
    diagram(progress),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function tableOf({ header, rows }: ReturnType<typeof smokeTable>): string {
  return markdownTable(header, rows);
}

/** The exact words to go on, on a runner and on a laptop. */
function commands({ endpoint }: Progress): string {
  const lines = ['rollout', 'promote', 'rollback'].map(
    (operation) =>
      `- \`operation: ${operation}\` with \`endpoint: ${endpoint}\`, or \`${operation} --endpoint ${endpoint}\``,
  );
  return lines.join('\n');
}

const BAR = 20;

/** Where traffic was, is and was to go. */
function trafficTable({ schedule, stages, ending }: Progress): string {
  const { base, target } = schedule;
  const last = stages.findLast(({ step }) => step)?.step?.split ?? base;
  const now = ending?.status === 'rolled-back' ? base : ending?.status === 'succeeded' ? target : last;
  const names = [...new Set([...Object.keys(base), ...Object.keys(target)])].sort();
  const rows = names.map((name) => {
    const weight = weightOf(now, name);
    const bar = '█'.repeat(Math.round((weight / 100) * BAR)).padEnd(BAR, '░');
    return [name, `${weightOf(base, name)} %`, `${weight} %`, `${weightOf(target, name)} %`, bar];
  });
  return markdownTable(['deployment', 'before', 'now', 'target', ''], rows);
}

/** Who wrote what, where somebody else moved traffic. */
function differenceTable(table: NonNullable<Ending['table']>): string {
  const rows = table.map(({ deployment, recorded, wanted, live }) => [
    deployment,
    `${recorded} %`,
    `${wanted} %`,
    `${live} %`,
  ]);
  return markdownTable(['deployment', 'written by the rollout', 'wanted by Git', 'live'], rows);
}

/** What the evidence is worth, no more. */
function certificate({ stages, schedule }: Progress): string {
  const figures = stages.findLast(({ verdict }) => verdict)?.verdict?.figures;
  if (!figures || figures.canary.requests === 0) return '';
  const { canary, upperBound } = figures;
  const bound = `${Number((upperBound * 100).toPrecision(2))} %`;
  const names = formatTraffic(
    Object.fromEntries(schedule.canary.map((name) => [name, weightOf(schedule.target, name)])),
  );
  return markdownText(
    `${canary.errors} errors in ${canary.requests} requests of ${names}: its rate of errors is at most ${bound} (95 %).`,
  );
}
