import { foldedText, markdownTable, markdownText } from '../../table.ts';
import { percent, some, whole } from '../judge/words.ts';
import type { SmokeResult } from '../smoke/result.ts';
import { smokeDetails, smokeTable } from '../smoke/table.ts';
import type { Progress } from '../walk/ports.ts';
import { diagram } from './diagram.ts';
import { headline } from './headline.ts';
import { commandsMarkdown } from './next.ts';
import { stageRows, STAGE_HEADER } from './stages.ts';
import { timeline } from './timeline.ts';
import { foreignTable, trafficTable } from './traffic.ts';
import { clipped } from './words.ts';

/** Bytes. */
const LARGEST = 99_000;
const LEFT_OUT = 'Truncated; the JSON report is complete.';
/** Characters. Services and models choose their own words, and a summary has room for many endpoints. */
const LONGEST_LINE = 800;
const LONGEST_CELL = 240;
const LONGEST_DETAIL = 120;
const MOST_DETAILS = 30;
const MOST_DEPLOYMENTS = 20;

/**
 * A rollout in the job summary, as it stands: the cause first, then each stage with its evidence, the smoke test, traffic
 * before and after, and what to do next. Whatever comes from outside is made harmless; a secret is never among it. At most
 * 100 kB, whatever happens.
 */
export function rolloutMarkdown(progress: Progress): string {
  const { ending, stages, smoke } = progress;
  const parts = [
    `#### ${line(headline(progress))}`,
    ending?.nextStep ? `**Next**: ${line(ending.nextStep)}` : soFar(progress),
    ending?.table ? foreignTable(ending.table) : '',
    commandsMarkdown(progress),
    stages.length > 0 ? markdownTable(STAGE_HEADER, stageRows(progress)) : '',
    timeline(progress),
    certificate(progress),
    smoke ? smokePart(smoke) : '',
    trafficTable(progress),
    diagram(progress),
  ];
  return withRoom(parts.filter((part) => part !== '')).join('\n\n');
}

/** Whole parts, as many as there is room for; those that come first matter most. */
function withRoom(parts: readonly string[]): string[] {
  let left = LARGEST - Buffer.byteLength(LEFT_OUT);
  const kept = parts.filter((part) => {
    const size = Buffer.byteLength(part) + 2;
    if (size > left) return false;
    left -= size;
    return true;
  });
  return kept.length < parts.length ? [...kept, LEFT_OUT] : kept;
}

function line(text: string): string {
  return markdownText(clipped(text, LONGEST_LINE));
}

function soFar({ stages, ending }: Progress): string {
  const verdict = stages.at(-1)?.verdict;
  return verdict && !ending ? `So far: ${line(verdict.reason)}` : '';
}

function smokePart(smoke: SmokeResult): string {
  const { header, rows } = smokeTable(smoke);
  const cells = rows.slice(0, MOST_DEPLOYMENTS).map((row) => row.map((cell) => clipped(cell, LONGEST_CELL)));
  const details = smokeDetails(smoke).map((detail) => clipped(detail, LONGEST_DETAIL));
  return [
    `**Smoke test** ${smoke.passed ? '✅' : '❌'} ${line(smoke.reason)}`,
    markdownTable(header, cells),
    ...(details.length > 0 ? [foldedText('Values that differ', details.slice(0, MOST_DETAILS))] : []),
  ].join('\n\n');
}

/** What the evidence is worth, no more. */
function certificate({ stages, schedule, wanted }: Progress): string {
  const figures = stages.findLast(({ verdict }) => verdict)?.verdict?.figures;
  if (!figures || !(figures.canary.requests > 0)) return '';
  const { canary, base, upperBound } = figures;
  const old =
    base.requests > 0 ? `; ${schedule.compared.join(', ')}: ${whole(base.errors)} in ${whole(base.requests)}` : '';
  const seen = `${some(canary.errors, 'error')} in ${some(canary.requests, 'request')}`;
  const gate = wanted.policy.errors ? '' : ', and errors are not checked';
  return line(
    `What ${schedule.canary.join(', ')} has shown: ${seen}: at most ${percent(upperBound)} (95 %)${old}${gate}.`,
  );
}
