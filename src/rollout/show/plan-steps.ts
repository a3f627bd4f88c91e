import { MINUTE } from '../../duration.ts';
import { weightOf } from '../../spec/traffic.ts';
import { whole } from '../judge/words.ts';
import { comparableLatency } from '../judge/power.ts';
import { SETTLING_TIME, SHIFT_TIME } from '../schedule/time.ts';
import { isAlone, type Schedule, type Step } from '../schedule/schedule.ts';
import type { PlannedRollout } from './planned.ts';
import { span } from './words.ts';

export const STEP_HEADER = ['earliest', 'weight', 'traffic', 'watched', 'to the new side', 'passes with'];

/** The steps that are walked: up to the end, or to where it pauses. */
export function walkedSteps({ steps, pauseAfter = steps.length }: Schedule): Step[] {
  return steps.filter(({ number }) => number <= pauseAfter);
}

/** From 0 to 1. */
export function shareOf({ canary }: Pick<Schedule, 'canary'>, split: Schedule['base']): number {
  return canary.reduce((total, name) => total + weightOf(split, name), 0) / 100;
}

/** A row for the mirror and for each step that is walked. */
export function stepRows(planned: PlannedRollout): string[][] {
  const { schedule, write, words } = planned;
  const overhead = SHIFT_TIME + SETTLING_TIME;
  // The lease comes before anything else.
  let time = write;
  const rows: string[][] = [];
  const add = (bake: number, cells: readonly string[]): void => {
    time += write;
    rows.push([clockOf(time), ...cells]);
    time += bake + overhead;
  };
  const { mirror } = schedule;
  if (mirror) {
    const copied = `copied to ${words.name(mirror.deployment)}`;
    add(mirror.bake, [`mirror ${mirror.percent} %`, copied, span(mirror.bake), '', gateOf(planned)]);
    time += write;
  }
  for (const step of walkedSteps(schedule)) {
    const watched = step.maxBake > step.bake ? `${span(step.bake)}, up to ${span(step.maxBake)}` : span(step.bake);
    const split = words.hidesWeights ? '' : words.split(step.split);
    const cells = [`${step.percent} %`, split, watched, expected(planned, step)];
    add(step.bake, [...cells, gateOf(planned, step)]);
  }
  return rows;
}

/** Hours and minutes since the start. */
function clockOf(time: number): string {
  const minutes = Math.round(time / MINUTE);
  return `+${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

function expected({ schedule, load, words }: PlannedRollout, { split, bake }: Step): string {
  if (!load || words.hidesWeights) return '';
  return `${whole(load.perMinute * shareOf(schedule, split) * (bake / MINUTE))} requests`;
}

/** What has to be seen; a mirror stops only what fails. Where the old side serves nothing any more, its past counts. */
function gateOf(planned: PlannedRollout, step?: Step): string {
  const { errors } = planned.policy;
  const beside = step && isAlone(step, planned.schedule) ? 'hour before' : 'old side';
  const errorWords = errors
    ? [
        ...(step ? [`${whole(errors.minRequests)} requests`] : []),
        `errors ≤ ${Number((errors.maxRate * 100).toPrecision(3))} % and < ${errors.worseThan}x ${beside}`,
      ]
    : [];
  return [...errorWords, ...latencyWords(planned, step, beside)].join('; ') || 'the time alone';
}

function latencyWords(
  { policy, schedule, load, words }: PlannedRollout,
  step: Step | undefined,
  beside: string,
): string[] {
  const { latency } = policy;
  if (!latency) return [];
  const stage = step && !words.hidesWeights && { share: shareOf(schedule, step.split), minutes: step.bake / MINUTE };
  const metric = load && stage ? comparableLatency(load, stage, latency) : latency.metric;
  if (!metric) return ['latency not compared (too few requests)'];
  const limit = latency.maxTime === undefined ? '' : ` and ≤ ${latency.maxTime} ms`;
  return [`${metric} < ${latency.worseThan}x ${beside}${limit}`];
}
