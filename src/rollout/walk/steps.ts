import { formatTraffic } from '../../spec/traffic.ts';
import { holdsBack, type Schedule, type Step } from '../schedule.ts';
import { SETTLING_TIME, SHIFT_TIME } from '../schedule-time.ts';
import { goBack } from './back.ts';
import { type Baked, bake } from './bake.ts';
import type { Ending, Ports, Sight } from './ports.ts';
import { begin, move, shift, show, take, type Walk, type Way } from './walking.ts';

/** Walks the steps to the end, to a pause, or back. @throws Conflict when somebody else has changed the endpoint */
export async function goOn(way: Way, sight: Sight, ports: Ports): Promise<Ending> {
  const walk = begin(way, sight, ports);
  const ending = (await beforeTraffic(walk)) ?? (await throughSteps(walk)) ?? (await finish(walk));
  await show(walk, { ending });
  return ending;
}

/** Smoke and mirror, while all live traffic is where it was. */
async function beforeTraffic(walk: Walk): Promise<Ending | undefined> {
  const { way, ports } = walk;
  if (way.step) return undefined;
  await take(walk, 0);
  if (way.wanted.policy.smoke) {
    const from = ports.asking().now;
    const smoke = await ports.smoke(way.schedule);
    await show(walk, { smoke }, { kind: 'smoke', from, to: ports.asking().now, minutes: [] });
    ports.say(smoke.reason);
    if (!smoke.passed) return giveUp(walk, smoke.reason);
  }
  return way.schedule.mirror ? mirrored(walk, way.schedule.mirror) : undefined;
}

async function mirrored(walk: Walk, mirror: NonNullable<Schedule['mirror']>): Promise<Ending | undefined> {
  const { ports } = walk;
  await move(walk, {}, { [mirror.deployment]: mirror.percent }, mirror.bake);
  ports.say(`mirroring ${mirror.percent} % to ${mirror.deployment}`);
  const times = { bake: mirror.bake, maxBake: mirror.bake };
  const baked = await bake(walk, { kind: 'mirror', ...times, since: walk.state.since });
  if (baked.kind === 'fail') return giveUp(walk, baked.reason);
  // Azure takes no live traffic for a deployment that has mirrored traffic; whether one PUT may do both is [U].
  await move(walk, {}, {}, 0);
  return undefined;
}

/** Nothing live has moved, so there is nothing to bring back but the mirror. */
async function giveUp(walk: Walk, reason: string): Promise<Ending> {
  await move(walk, { status: 'failed', lease: 0, reason }, {}, 0);
  return {
    status: 'failed',
    reason: `${reason}; live traffic was not moved`,
    nextStep: `Look at the deployment with operation \`logs\`, mend it, and push the change.`,
  };
}

async function throughSteps(walk: Walk): Promise<Ending | undefined> {
  const { way, ports } = walk;
  const { schedule, limits } = way;
  const start = way.step?.number ?? 1;
  for (const step of schedule.steps.filter(({ number }) => number >= start)) {
    if (step.number > (schedule.pauseAfter ?? Infinity)) return pause(walk, `as asked for, at ${walk.state.percent} %`);
    const stands = step.number === start && way.since !== undefined;
    if (ports.asking().now + (stands ? 0 : SHIFT_TIME) + step.bake + SETTLING_TIME > limits.pauseAt) {
      return pause(walk, `there is no time for ${step.percent} % before \`max-duration\``);
    }
    if (stands) await take(walk, step.bake, way.since);
    else await shift(walk, step);
    const ending = await judged(walk, step, await bake(walk, { kind: 'step', step, ...step, since: walk.state.since }));
    if (ending) return ending;
  }
  return schedule.pauseAfter === schedule.steps.length ? pause(walk, 'as asked for') : undefined;
}

/** Whether a bake ends the rollout. */
async function judged(walk: Walk, step: Step, baked: Baked): Promise<Ending | undefined> {
  const { onFailure, onNoData } = walk.way.wanted.policy;
  switch (baked.kind) {
    case 'pass':
      return undefined;
    case 'fail':
      if (baked.isBaseUnwell) return hold(walk, `${baked.reason}; the old side is unwell too, so nothing is put back`);
      return onFailure === 'hold' ? hold(walk, baked.reason) : rollBack(walk, `at ${step.percent} %: ${baked.reason}`);
    case 'no-data':
      if (onNoData === 'promote') return undefined;
      if (onNoData === 'pause') return pause(walk, baked.reason);
      return rollBack(walk, `at ${step.percent} %: ${baked.reason}`);
    case 'no-metrics':
    case 'out-of-time':
      return pause(walk, baked.reason);
  }
}

/** The rest of the traffic, where some was held back, and the end of the lease. */
async function finish(walk: Walk): Promise<Ending> {
  const { schedule, wanted } = walk.way;
  const { traffic } = walk.sight;
  const whole = holdsBack(schedule) ? wanted.target : traffic;
  walk.state = { ...walk.state, status: 'done', percent: 100, lease: 0 };
  walk.sight = await walk.ports.write({ traffic: whole, mirror: {}, state: walk.state }, walk.sight);
  return { status: 'succeeded', reason: `${formatTraffic(whole)} is live` };
}

async function rollBack(walk: Walk, reason: string): Promise<Ending> {
  const { ports, way } = walk;
  ports.say(`rolling back ${reason}`);
  walk.sight = await goBack(walk.state, walk.sight, reason, ports);
  return {
    status: 'rolled-back',
    reason: `rolled back ${reason}; ${formatTraffic(way.schedule.base)} is live again`,
    nextStep: `Read the logs of ${way.schedule.canary.join(', ')} with operation \`logs\`; the deployment is still there.`,
  };
}

async function hold(walk: Walk, reason: string): Promise<Ending> {
  await move(walk, { status: 'failed', lease: 0, reason }, {}, 0);
  const { endpoint } = walk.ports;
  return {
    status: 'failed',
    reason: `held at ${walk.state.percent} %: ${reason}`,
    nextStep: `Decide: \`rollback\` of ${endpoint} puts ${formatTraffic(walk.state.base)} back, \`promote\` goes on without gates.`,
  };
}

async function pause(walk: Walk, reason: string): Promise<Ending> {
  await move(walk, { status: 'paused', lease: 0, reason }, {}, 0);
  return {
    status: 'paused',
    reason: `paused at ${walk.state.percent} %: ${reason}`,
    nextStep: `Run \`rollout\` of ${walk.ports.endpoint} again to go on, \`promote\` to finish at once, or \`rollback\`.`,
  };
}
