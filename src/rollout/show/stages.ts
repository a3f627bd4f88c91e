import { evidenceWords } from '../judge/words.ts';
import type { Minute, Sample } from '../model.ts';
import type { Progress, Stage } from '../walk/ports.ts';
import { sparkline } from './sparkline.ts';
import { clockTime, rate } from './words.ts';

export const STAGE_HEADER = [
  'stage',
  'time (UTC)',
  'requests new/old',
  'errors new/old',
  'E',
  'latency new/old',
  'verdict',
];

/** A row for each stage. */
export function stageRows({ stages, now, ending }: Progress): string[][] {
  return stages.map((stage) => {
    const figures = stage.verdict?.figures;
    const end = stage.to ?? (ending ? now : undefined);
    return [
      titleOf(stage),
      `${clockTime(stage.from)}–${end === undefined ? '' : clockTime(end)}`,
      figures ? `${figures.canary.requests} / ${figures.base.requests}` : '',
      figures ? `${rate(figures.canary)} / ${rate(figures.base)}` : '',
      figures ? evidenceWords(figures.evidence) : '',
      figures?.latency
        ? `${figures.latency.metric} ${Math.round(figures.latency.canary)} / ${Math.round(figures.latency.base)} ms`
        : '',
      stage.verdict?.reason ?? '',
    ];
  });
}

export function titleOf({ kind, step }: Stage): string {
  return step ? `${step.number}: ${step.percent} %` : kind;
}

/** Share of traffic and errors of both sides, minute by minute, in bars that any page shows. */
export function sparklines({ stages }: Progress): string {
  const minutes = stages.findLast(({ kind }) => kind === 'step')?.minutes ?? stages.at(-1)?.minutes ?? [];
  if (minutes.length === 0) return '';
  const shares = minutes.map(({ canary, base }) => canary.requests / Math.max(1, canary.requests + base.requests));
  const errors = (side: (minute: Minute) => Sample): number[] =>
    minutes.map((minute) => side(minute).errors / Math.max(1, side(minute).requests));
  const [fresh, old] = [errors(({ canary }) => canary), errors(({ base }) => base)];
  const highest = Math.max(0.01, ...fresh, ...old);
  const lines = [
    `traffic new ${sparkline(shares, 1)}`,
    `errors new  ${sparkline(fresh, highest)}`,
    `errors old  ${sparkline(old, highest)}`,
  ];
  return `\`\`\`text\n${lines.join('\n')}\n\`\`\``;
}
