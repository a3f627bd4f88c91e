import { MINUTE } from '../../duration.ts';
import { evidenceWords } from '../judge/words.ts';
import type { Figures } from '../model.ts';
import { SETTLING_TIME, SHIFT_TIME } from '../schedule/time.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { Progress, Stage } from '../walk/ports.ts';
import { clockTime, rate } from './words.ts';

const ENDS = { pass: 'pass', fail: 'fail', inconclusive: 'continue' } as const;

/**
 * How the present stage stands, in one line that can be searched for:
 * `12:07 step 2/4 25% bake 6/10m c=143 b=431 err 0.7%/0.5% E=0.8 p50 38/37ms -> continue`. Empty before anything is watched.
 */
export function minuteLine({ stages, schedule, now }: Progress): string {
  const stage = stages.at(-1);
  if (!stage?.verdict) return '';
  const { kind, figures } = stage.verdict;
  const place = placeOf(stage, schedule);
  return [clockTime(now), place, bakeWords(stage, schedule, now), ...figureWords(figures), `-> ${ENDS[kind]}`].join(
    ' ',
  );
}

function placeOf({ kind, step }: Stage, { steps, mirror }: Schedule): string {
  if (step) return `step ${step.number}/${steps.length} ${step.percent}%`;
  return kind === 'mirror' && mirror ? `mirror ${mirror.percent}%` : kind;
}

/** Minutes whose metrics are settled, of those that the bake takes with its extensions so far. */
function bakeWords({ step, from, verdict }: Stage, { mirror }: Schedule, now: number): string {
  const { bake, maxBake } = step ?? { bake: mirror?.bake ?? 0, maxBake: mirror?.bake ?? 0 };
  const watched = Math.max(0, now - from - SHIFT_TIME - SETTLING_TIME);
  // The look at the end of a bake comes a little after it, and is the end of that one when it passes.
  const round = verdict?.kind === 'pass' ? Math.floor : Math.ceil;
  const bakes = bake > 0 ? Math.max(1, round(watched / bake)) : 1;
  const most = Math.min(Math.max(bake, maxBake), bakes * bake);
  return `bake ${Math.floor(watched / MINUTE)}/${Math.round(most / MINUTE)}m`;
}

function figureWords({ canary, base, evidence, latency }: Figures): string[] {
  return [
    `c=${canary.requests} b=${base.requests}`,
    `err ${rate(canary)}/${rate(base)}`,
    `E=${evidenceWords(evidence)}`,
    ...(latency ? [`${latency.metric} ${Math.round(latency.canary)}/${Math.round(latency.base)}ms`] : []),
  ];
}
