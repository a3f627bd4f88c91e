import { countOf, inOrder, type Count } from '../judge/count.ts';
import { timesWorse } from '../judge/errors.ts';
import { evidenceWords, some, times, whole } from '../judge/words.ts';
import type { Step } from '../schedule/schedule.ts';
import type { Progress, Stage } from '../walk/ports.ts';
import { clipped, clockTime, rate } from './words.ts';

export const STAGE_HEADER = [
  'weight',
  'time (UTC)',
  'requests new/old',
  'errors new/old',
  'ratio',
  'E',
  'latency new/old',
  'verdict',
];

/** More steps than a person reads; a policy may have a hundred. */
const MOST_ROWS = 30;
/** Characters of a verdict. */
const LONGEST_REASON = 240;
const VERDICTS = { pass: '✅', fail: '❌', inconclusive: '⏳' } as const;

/** A row for each stage, with its own requests; the evidence is that of all stages so far. What is to come follows. */
export function stageRows(progress: Progress): string[][] {
  const rows = [...progress.stages.map((stage) => stageRow(stage, progress)), ...comingRows(progress)];
  if (rows.length <= MOST_ROWS) return rows;
  const left = rows.length - MOST_ROWS;
  return [[`${some(left, 'row')} before`], ...rows.slice(left)].map((row) =>
    STAGE_HEADER.map((_, at) => row[at] ?? ''),
  );
}

function stageRow(stage: Stage, progress: Progress): string[] {
  const { verdict, from } = stage;
  const end = stage.to ?? (progress.ending ? progress.now : undefined);
  const time = `${clockTime(from)}–${end === undefined ? '' : clockTime(end)}`;
  const title = titleOf(stage, progress);
  if (!verdict) return [title, time, '', '', '', '', '', smokeVerdict(stage, progress)];
  const { canary, base } = countsOf(stage);
  const { evidence, latency } = verdict.figures;
  return [
    title,
    time,
    `${whole(canary.requests)} / ${whole(base.requests)}`,
    `${rate(canary)} / ${rate(base)}`,
    ratioOf(canary, base),
    evidenceWords(evidence),
    latency ? `${latency.metric} ${Math.round(latency.canary)} / ${Math.round(latency.base)} ms` : '',
    `${VERDICTS[verdict.kind]} ${clipped(verdict.reason, LONGEST_REASON)}`,
  ];
}

export function titleOf({ kind, step }: Stage, { schedule }: Pick<Progress, 'schedule'>): string {
  if (step) return `${step.percent} %`;
  return kind === 'mirror' && schedule.mirror ? `mirror ${schedule.mirror.percent} %` : kind;
}

/** What the two sides did in the minutes of this stage alone. */
function countsOf({ minutes, from, verdict }: Stage): { readonly canary: Count; readonly base: Count } {
  const own = inOrder(minutes).filter(({ time }) => time >= from);
  if (own.length === 0 && verdict) return verdict.figures;
  return { canary: countOf(own.map(({ canary }) => canary)), base: countOf(own.map(({ base }) => base)) };
}

/** Where one side has no error, a ratio would tell of the correction and not of the deployments. */
function ratioOf(canary: Count, base: Count): string {
  return canary.errors > 0 && base.errors > 0 ? times(timesWorse(canary, base)) : '–';
}

function smokeVerdict({ kind }: Stage, { smoke }: Progress): string {
  if (kind !== 'smoke' || !smoke) return '';
  return smoke.passed ? `${VERDICTS.pass} passed` : `${VERDICTS.fail} failed`;
}

/** Steps that have not begun, while it goes on. */
function comingRows({ stages, schedule, ending }: Progress): string[][] {
  if (ending) return [];
  const { steps, pauseAfter = steps.length } = schedule;
  const last = stages.findLast(({ step }) => step)?.step?.number ?? 0;
  const words = ({ number }: Step): string =>
    number > pauseAfter ? 'after the pause that `until` asks for' : 'to come';
  return steps
    .filter(({ number }) => number > last)
    .map((step) => [`${step.percent} %`, '', '', '', '', '', '', words(step)]);
}
