import { evidenceWords } from '../judge/words.ts';
import type { Figures } from '../model.ts';
import type { Progress, Stage } from '../walk/ports.ts';
import { clockTime, rate } from './words.ts';

const MINUTE = 60_000;

/**
 * How the present stage stands, in one line that can be searched for:
 * `12:07 step 2/4 25% bake 6/10m c=143 b=431 err 0.7%/0.5% E=0.8 p50 38/37ms -> continue`. Empty before anything is watched.
 */
export function minuteLine({ stages, schedule, now }: Progress): string {
  const stage = stages.at(-1);
  if (!stage?.verdict) return '';
  const { verdict, from } = stage;
  const bake = stage.step?.bake ?? schedule.mirror?.bake ?? 0;
  const watched = Math.max(0, Math.floor((now - from) / MINUTE));
  return [
    clockTime(now),
    placeOf(stage, schedule.steps.length),
    `bake ${watched}/${Math.round(bake / MINUTE)}m`,
    ...figureWords(verdict.figures),
    `-> ${{ pass: 'pass', fail: 'fail', inconclusive: 'continue' }[verdict.kind]}`,
  ].join(' ');
}

function placeOf({ kind, step }: Stage, steps: number): string {
  return step ? `step ${step.number}/${steps} ${step.percent}%` : kind;
}

function figureWords({ canary, base, evidence, latency }: Figures): string[] {
  return [
    `c=${canary.requests} b=${base.requests}`,
    `err ${rate(canary)}/${rate(base)}`,
    `E=${evidenceWords(evidence)}`,
    ...(latency ? [`${latency.metric} ${Math.round(latency.canary)}/${Math.round(latency.base)}ms`] : []),
  ];
}
