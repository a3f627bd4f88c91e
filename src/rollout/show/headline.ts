import { formatTraffic } from '../../spec/traffic.ts';
import { some } from '../judge/words.ts';
import type { Ending, Progress } from '../walk/ports.ts';
import { span } from './words.ts';

const SIGNS: Readonly<Record<Ending['status'], string>> = {
  succeeded: '✅',
  unchanged: '✅',
  paused: '⏸️',
  'rolled-back': '⏪',
  superseded: '⏹️',
  failed: '❌',
};

/** How it stands or ended, in one line: the sign, the endpoint, the way and the cause. */
export function headline(progress: Progress): string {
  const { endpoint, schedule, stages, ending, now } = progress;
  const way = `${formatTraffic(schedule.base)} → ${formatTraffic(schedule.target)}`;
  if (!ending) return `⏳ ${endpoint}: ${way}, ${whereabouts(progress)}`;
  const sign = SIGNS[ending.status];
  if (ending.status !== 'succeeded') return `${sign} ${endpoint}: ${ending.reason}`;
  const requests = stages.at(-1)?.verdict?.figures.canary.requests ?? 0;
  const took = span(now - (stages[0]?.from ?? now));
  const seen = requests > 0 ? `, ${some(requests, 'request')} to the new side` : '';
  return `${sign} ${endpoint}: ${way} in ${took}, ${some(schedule.steps.length, 'step')}${seen}`;
}

function whereabouts({ stages, schedule }: Progress): string {
  const stage = stages.at(-1);
  if (!stage) return 'beginning';
  const { step, kind } = stage;
  return step ? `step ${step.number} of ${schedule.steps.length}, ${step.percent} %` : kind;
}
