import { some } from '../judge/words.ts';
import { percent } from '../judge/words.ts';
import { comparableLatency, detection, type LiveTraffic } from '../judge/power.ts';
import { formatTraffic, weightOf } from '../../spec/traffic.ts';
import type { Policy } from '../model.ts';
import type { Schedule } from '../schedule.ts';
import { type Duration, fits } from '../schedule-time.ts';
import { span } from './words.ts';

export interface PlannedRollout {
  readonly endpoint: string;
  readonly schedule: Schedule;
  readonly policy: Policy;
  readonly duration: Duration;
  /** Milliseconds. */
  readonly maxDuration: number;
  /** What the endpoint served in the last hour; absent where nobody could tell. */
  readonly load: LiveTraffic | undefined;
}

/** How traffic would move, how long that takes, and what it would notice: lines for a plan. */
export function plannedLines(planned: PlannedRollout): string[] {
  const { endpoint, schedule, policy } = planned;
  const { mirror, steps, base, target, pauseAfter } = schedule;
  const walked = steps.filter(({ number }) => number <= (pauseAfter ?? steps.length));
  return [
    `  ${endpoint}: traffic moves ${formatTraffic(base)} → ${formatTraffic(target)} by ${policy.source}`,
    ...(policy.smoke ? [`    smoke test: ${policy.smoke.count} requests to each deployment`] : []),
    ...(mirror ? [`    mirror ${mirror.percent} % to ${mirror.deployment} for ${span(mirror.bake)}`] : []),
    ...walked.map(
      ({ percent: part, split, bake }) =>
        `    ${String(part).padStart(3)} %  ${formatTraffic(split)}, watched ${span(bake)}`,
    ),
    ...(pauseAfter === undefined ? [] : [`    then it pauses, as \`until\` says`]),
    `    ${timeWords(planned)}`,
    ...[...detectionLines(planned), ...latencyLines(planned)].map((line) => `    ${line}`),
  ];
}

function timeWords({ duration, maxDuration }: PlannedRollout): string {
  const { shortest, longest } = duration;
  const whole = `${span(shortest)} at least, ${span(longest)} at most`;
  switch (fits(duration, maxDuration)) {
    case 'always':
      return whole;
    case 'perhaps':
      return `${whole}; where it takes longer than ${span(maxDuration)} it pauses, and running again goes on`;
    case 'never':
      return `${whole}; it pauses after ${span(maxDuration)} (max-duration), and running again goes on`;
  }
}

/** What nobody else tells: whether this rollout would notice anything at all. */
function detectionLines({ policy, load, schedule }: PlannedRollout): string[] {
  const { errors } = policy;
  if (!errors) return ['errors are not looked at'];
  if (!load) return ['what it would notice is unknown: Azure Monitor does not tell how many requests there are'];
  const served = `${some(load.perMinute, 'request')} a minute, ${percent(load.errorRate)} errors`;
  if (load.perMinute === 0) return ['nothing is served: without requests no step passes'];
  const stages = schedule.steps.map(({ split, bake }) => ({ share: shareOf(schedule, split), minutes: bake / 60_000 }));
  const found = [10, 5, 2].map((ratio) => {
    const caught = detection(load, stages, Math.min(1, Math.max(load.errorRate, 0.001) * ratio), errors);
    return caught ? `${ratio} times the errors after ${some(caught.minutes, 'minute')}` : `${ratio} times not at all`;
  });
  const requests = stages.map(({ share, minutes }) => load.perMinute * share * minutes);
  const thin = requests.findIndex((count) => count < errors.minRequests);
  const warning =
    thin < 0
      ? []
      : [`step ${thin + 1} sees about ${some(requests[thin]!, 'request')} of ${errors.minRequests} that it takes`];
  return [`at ${served} it notices (9 times of 10): ${found.join(', ')}`, ...warning];
}

/** The steps that pass without a word on latency. */
function latencyLines({ policy: { latency }, load, schedule }: PlannedRollout): string[] {
  if (!latency || !load || load.perMinute === 0) return [];
  const blind = schedule.steps.filter(({ split, bake }) => {
    const share = shareOf(schedule, split);
    return share < 1 && !comparableLatency(load, { share, minutes: bake / 60_000 }, latency);
  });
  if (blind.length === 0) return [];
  const steps = `step${blind.length === 1 ? '' : 's'} ${blind.map(({ number }) => number).join(', ')}`;
  return [`latency cannot be compared in ${steps}: too few requests a minute`];
}

function shareOf({ canary }: Schedule, split: Schedule['base']): number {
  return canary.reduce((total, name) => total + weightOf(split, name), 0) / 100;
}
