import { formatTraffic, weightOf } from '../../spec/traffic.ts';
import { some } from '../judge/words.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { Progress, RolloutEnding } from '../walk/ports.ts';
import { span } from './words.ts';

const SIGNS: Readonly<Record<RolloutEnding['status'], string>> = {
  succeeded: '✅',
  unchanged: '✅',
  paused: '⏸️',
  'rolled-back': '⏪',
  superseded: '⏹️',
  failed: '❌',
};

/**
 * How it stands or ended, in one line: the sign, the endpoint, the way or the cause.
 * `✅ fraud: green 0→100 % in 58 min, 4 steps, 12,431 requests to green`
 */
export function headline(progress: Progress): string {
  const { endpoint, schedule, stages, ending, now } = progress;
  if (!ending) return `⏳ ${endpoint}: ${wayOf(schedule)}, ${whereabouts(progress)}`;
  const sign = SIGNS[ending.status];
  if (ending.status !== 'succeeded') return `${sign} ${endpoint}: ${ending.reason}`;
  const requests = stages.findLast(({ verdict }) => verdict)?.verdict?.figures.canary.requests ?? 0;
  const took = span(now - (stages[0]?.from ?? now));
  const seen = requests > 0 ? `, ${some(requests, 'request')} to ${schedule.canary.join(', ')}` : '';
  return `${sign} ${endpoint}: ${wayOf(schedule)} in ${took}, ${some(schedule.steps.length, 'step')}${seen}`;
}

/** `green 0→100 %`; of several that grow, both splits. */
function wayOf({ base, target, canary: [first, ...more] }: Schedule): string {
  if (first === undefined || more.length > 0) return `${formatTraffic(base)} → ${formatTraffic(target)}`;
  return `${first} ${weightOf(base, first)}→${weightOf(target, first)} %`;
}

function whereabouts({ stages, schedule, now }: Progress): string {
  const stage = stages.at(-1);
  if (!stage) return 'beginning';
  const { step, kind } = stage;
  const place = step ? `step ${step.number} of ${schedule.steps.length} at ${step.percent} %` : kind;
  return `${place}, ${span(now - (stages[0]?.from ?? now))} so far`;
}
