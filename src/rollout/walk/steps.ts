import type { Traffic } from '../../spec/model.ts';
import { formatTraffic, trafficTotal } from '../../spec/traffic.ts';
import type { Smoke } from '../model.ts';
import { holdsBack, type Schedule } from '../schedule/schedule.ts';
import { LONGEST_WARM_UP } from '../smoke/result.ts';
import { SETTLING_TIME, SHIFT_TIME } from '../schedule/time.ts';
import { isBegun } from '../state/tags.ts';
import { lostBase, wayBack } from './back.ts';
import { type Baked, bake, unwellWords } from './bake.ts';
import type { Ports, RolloutEnding, Sight } from './ports.ts';
import { begin, carried, move, shift, show, take, type Walk, type Way, wholeSeconds, write } from './walking.ts';

/** Walks the steps to the end, to a pause, or back. @throws Conflict when somebody else has changed the endpoint */
export async function goOn(way: Way, sight: Sight, ports: Ports): Promise<RolloutEnding> {
  const walk = begin(way, sight, ports);
  const ending = (await beforeTraffic(walk)) ?? (await throughSteps(walk)) ?? (await finish(walk));
  await show(walk, { ending });
  return ending;
}

/** Smoke and mirror, while all live traffic is where it was. */
async function beforeTraffic(walk: Walk): Promise<RolloutEnding | undefined> {
  const { way, ports, sight } = walk;
  if (way.step) return undefined;
  const [unwell] = await ports.unwell(way.schedule.canary);
  const isUnderWay = sight.recorded.kind === 'state' && isBegun(sight.recorded.state);
  // What has not begun leaves no trace, and may be tried again as soon as the deployment is well.
  if (unwell && !isUnderWay) return unmoved(unwellWords(unwell));
  const { smoke } = way.wanted.policy;
  await take(walk, smoke ? Math.min(longestSmoke(smoke, way.schedule), timeLeft(walk)) : 0);
  if (unwell) return giveUp(walk, unwellWords(unwell));
  return (smoke && (await smoked(walk))) ?? (way.schedule.mirror && mirrored(walk, way.schedule.mirror));
}

async function smoked(walk: Walk): Promise<RolloutEnding | undefined> {
  const { way, ports } = walk;
  const from = ports.asking().now;
  const smoke = await ports.smoke(way.schedule);
  await show(walk, { smoke }, { kind: 'smoke', from, to: ports.asking().now, minutes: [] });
  ports.say(smoke.reason);
  return smoke.passed ? undefined : giveUp(walk, smoke.reason);
}

/** Milliseconds, if each request takes as long as it may: to each of the new deployments, and to one of the old. */
function longestSmoke({ warmUp, count, maxTime }: Smoke, { canary }: Schedule): number {
  return (warmUp * LONGEST_WARM_UP + count * maxTime) * (canary.length + 1);
}

async function mirrored(walk: Walk, mirror: NonNullable<Schedule['mirror']>): Promise<RolloutEnding | undefined> {
  const { ports } = walk;
  const { deployment, percent, bake: time } = mirror;
  if (SHIFT_TIME + time + SETTLING_TIME > timeLeft(walk)) {
    return pause(walk, 'not enough time for the mirror before `max-duration`');
  }
  await move(walk, { since: wholeSeconds(ports.asking().now) }, { [deployment]: percent }, time);
  ports.say(`mirroring ${percent} % to ${deployment}`);
  const baked = await bake(walk, { kind: 'mirror', bake: time, maxBake: time, since: ports.asking().now });
  if (baked.kind === 'fail') return giveUp(walk, baked.reason);
  if (baked.kind === 'silence') return pause(walk, baked.reason);
  // Whether Azure counts mirrored requests at all is [U], so that too few of them are held against nobody.
  if (baked.kind === 'no-data') ports.say(`the mirror tells nothing: ${baked.reason}`);
  // Azure takes no live traffic for a deployment that has mirrored traffic; whether one PUT may do both is [U].
  await move(walk, {}, carried(walk), 0);
  return undefined;
}

/** Nothing live has moved, so there is nothing to bring back but the mirror. */
async function giveUp(walk: Walk, reason: string): Promise<RolloutEnding> {
  await move(walk, { status: 'failed', lease: 0, reason }, carried(walk), 0);
  return unmoved(reason);
}

function unmoved(reason: string): RolloutEnding {
  return {
    status: 'failed',
    reason: `${reason}; live traffic was not moved`,
    nextStep: 'Look at the deployment with operation `logs`, fix it, and push the change.',
  };
}

async function throughSteps(walk: Walk): Promise<RolloutEnding | undefined> {
  const { way, ports } = walk;
  const { schedule } = way;
  const start = way.step?.number ?? 1;
  for (const step of schedule.steps.filter(({ number }) => number >= start)) {
    if (step.number > (schedule.pauseAfter ?? Infinity)) return pauseAsAsked(walk);
    const stands = step.number === start && way.since !== undefined;
    if ((stands ? 0 : SHIFT_TIME) + step.bake + SETTLING_TIME > timeLeft(walk)) {
      return pause(walk, `not enough time for the ${step.percent} % step before \`max-duration\``);
    }
    if (stands) await take(walk, step.bake, way.since);
    else await shift(walk, step);
    const since = stands ? walk.state.since : ports.asking().now;
    const ending = await judged(walk, await bake(walk, { kind: 'step', step, ...step, since }));
    if (ending) return ending;
  }
  return schedule.pauseAfter === schedule.steps.length ? pauseAsAsked(walk) : undefined;
}

/** Whether a bake ends the rollout. */
async function judged(walk: Walk, baked: Baked): Promise<RolloutEnding | undefined> {
  const { onFailure, onNoData } = walk.way.wanted.policy;
  switch (baked.kind) {
    case 'pass':
      return undefined;
    case 'fail':
      if (baked.isBaseUnwell)
        return hold(walk, `${baked.reason}; the old side is unhealthy too, so traffic was not restored`);
      return onFailure === 'hold' ? hold(walk, baked.reason) : rollBack(walk, baked.reason);
    case 'no-data':
      if (onNoData === 'promote') return undefined;
      if (onNoData === 'pause') return pause(walk, baked.reason);
      return rollBack(walk, baked.reason);
    case 'silence':
    case 'out-of-time':
      return pause(walk, baked.reason);
  }
}

/** The rest of the traffic, where some was held back, and the end of the lease. */
async function finish(walk: Walk): Promise<RolloutEnding> {
  const { schedule, wanted } = walk.way;
  const traffic = holdsBack(schedule) ? wanted.target : walk.sight.traffic;
  await write(walk, {
    traffic,
    mirror: carried(walk),
    state: { ...walk.state, status: 'done', percent: 100, lease: 0 },
  });
  return { status: 'succeeded', reason: `${formatTraffic(traffic)} is live` };
}

async function rollBack(walk: Walk, reason: string): Promise<RolloutEnding> {
  const { ports, way, state } = walk;
  const lost = await lostBase(state, ports);
  if (lost !== undefined) return hold(walk, `${reason}; ${lost}, so traffic was not restored`);
  const cause = `at ${state.percent} %: ${reason}`;
  ports.say(`rolling back ${cause}`);
  await write(walk, wayBack(state, walk.sight, cause, ports.asking().now));
  return {
    status: 'rolled-back',
    reason: `rolled back ${cause}; ${liveAgain(way.schedule.base)}`,
    nextStep: `Read the logs of ${way.schedule.canary.join(', ')} with operation \`logs\`; the deployment is still there.`,
  };
}

async function hold(walk: Walk, reason: string): Promise<RolloutEnding> {
  await move(walk, { status: 'failed', lease: 0, reason }, carried(walk), 0);
  const { endpoint } = walk.ports;
  return {
    status: 'failed',
    reason: `held at ${walk.state.percent} %: ${reason}`,
    nextStep: `Decide: \`rollback\` of ${endpoint} restores ${formatTraffic(walk.state.base)}, \`promote\` applies the target split without gates.`,
  };
}

async function pause(walk: Walk, reason: string): Promise<RolloutEnding> {
  return { ...(await pauseAsAsked(walk, reason)), isUnasked: true };
}

async function pauseAsAsked(walk: Walk, reason = 'as requested by `until`'): Promise<RolloutEnding> {
  await move(walk, { status: 'paused', lease: 0, reason }, carried(walk), 0);
  return {
    status: 'paused',
    reason: `paused at ${walk.state.percent} %: ${reason}`,
    nextStep: `Run \`rollout\` of ${walk.ports.endpoint} again to resume, \`promote\` to finish at once, or \`rollback\`.`,
  };
}

function liveAgain(base: Traffic): string {
  return trafficTotal(base) > 0 ? `${formatTraffic(base)} is live again` : 'nothing is live, as before';
}

/** Milliseconds until the rollout has to pause. */
function timeLeft({ way, ports }: Walk): number {
  return way.limits.pauseAt - ports.asking().now;
}
