import { formatTraffic } from '../../spec/traffic.ts';
import { decide, type Decision, type Wanted } from '../decide.ts';
import { holderLink, holderWords } from '../state/holder.ts';
import type { RolloutState } from '../model.ts';
import type { Asking } from '../state/lock.ts';
import { carriedMirror } from '../schedule/mirror.ts';
import { goBack, lostBase } from './back.ts';
import { goOn } from './steps.ts';
import { Conflict, type Ports, type RolloutEnding, type Sight, type WalkLimits } from './ports.ts';

/** How often it looks again when somebody writes between its reading and its first write. */
const MOST_LOOKS = 5;
const AGAIN = 5_000;

/**
 * Moves traffic to the split that is wanted, step by step, and back when the evidence says so. It may be killed at any moment:
 * what it knows is in the tags of the endpoint, and running it again goes on from there.
 * @throws whatever keeps it from reading or writing, and the signal's reason when the job is cancelled
 */
export async function walk(wanted: Wanted, limits: WalkLimits, ports: Ports): Promise<RolloutEnding> {
  for (let looks = 1; ; looks += 1) {
    const { counted, hasWritten } = countingWrites(ports);
    try {
      return await lookAndFollow(wanted, limits, counted);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      // A write of the process before us that was still on its way, say. Having written nothing, we may as well come later.
      if (hasWritten() || looks >= MOST_LOOKS) return afterConflict(wanted, error.sight, ports);
      await ports.sleep(AGAIN);
    }
  }
}

async function lookAndFollow(wanted: Wanted, limits: WalkLimits, ports: Ports): Promise<RolloutEnding> {
  // Superseding writes once and decides again; what it leaves behind is never superseded.
  for (let sight = await ports.read(); ;) {
    const decision = decide(wanted, sight.traffic, sight.recorded, ports.asking());
    ports.say(decision.reason);
    if (decision.kind !== 'superseding') return follow(decision, wanted, limits, sight, ports);
    const state = stateOf(sight);
    const lost = await lostBase(state, ports);
    if (lost !== undefined) return stranded(`${decision.reason}, but ${lost}`);
    sight = await goBack(state, sight, decision.reason, ports);
  }
}

function countingWrites(ports: Ports): { readonly counted: Ports; readonly hasWritten: () => boolean } {
  let writes = 0;
  const write: Ports['write'] = async (move, seen) => {
    const sight = await ports.write(move, seen);
    writes += 1;
    return sight;
  };
  return { counted: { ...ports, write }, hasWritten: () => writes > 0 };
}

function stranded(reason: string): RolloutEnding {
  const nextStep =
    'Nothing was written. Make the deployment again, go on with `promote`, or move traffic with `update`.';
  return { status: 'failed', reason, nextStep };
}

async function follow(
  decision: Exclude<Decision, { kind: 'superseding' }>,
  wanted: Wanted,
  limits: WalkLimits,
  sight: Sight,
  ports: Ports,
): Promise<RolloutEnding> {
  switch (decision.kind) {
    case 'start':
    case 'resume':
    case 'final':
      return goOn({ ...decision, wanted, limits }, sight, ports);
    case 'close': {
      const state = { ...stateOf(sight), status: decision.status, lease: 0 };
      const mirror = carriedMirror(sight.mirror, state);
      await ports.write({ traffic: sight.traffic, mirror, state }, sight);
      return ended('succeeded', decision);
    }
    case 'noop':
      return ended('unchanged', decision);
    case 'locked':
      return ended('superseded', decision);
    case 'foreign':
      return { ...ended('superseded', decision), table: decision.table };
    case 'refuse-same':
    case 'refuse-target':
      return ended('failed', decision);
  }
}

/** Somebody else wrote between our reading and our write; what they did stands. */
function afterConflict(wanted: Wanted, sight: Sight, ports: Ports): RolloutEnding {
  const asking = ports.asking();
  const decision = decide(wanted, sight.traffic, sight.recorded, asking);
  if (decision.kind === 'locked') return ended('superseded', decision);
  const who = otherHolder(sight, asking) ?? 'somebody else';
  const says = ['foreign', 'refuse-same'].includes(decision.kind) ? `: ${decision.reason}` : '';
  return {
    status: 'superseded',
    reason: `${who} changed endpoint ${ports.endpoint} during the rollout; ${formatTraffic(sight.traffic)} is live${says}`,
    nextStep: decision.nextStep ?? 'Nothing of theirs was overwritten. Run again to go on from what is live now.',
    ...(decision.kind === 'foreign' ? { table: decision.table } : {}),
  };
}

/** Who the tags name, and where to look, when it is not us. */
function otherHolder({ recorded }: Sight, { me, env }: Asking): string | undefined {
  if (recorded.kind === 'none') return undefined;
  const { holder } = recorded.kind === 'state' ? recorded.state : recorded;
  if (holder === '' || holder === me) return undefined;
  const link = holderLink(holder, env);
  return `${holderWords(holder)}${link ? `, ${link},` : ''}`;
}

function ended(status: RolloutEnding['status'], { reason, nextStep }: Decision): RolloutEnding {
  return { status, reason, ...(nextStep === undefined ? {} : { nextStep }) };
}

/** A decision that needs a state is only ever made of one. */
function stateOf({ recorded }: Sight): RolloutState {
  if (recorded.kind !== 'state') throw new Error('a rollout without a state');
  return recorded.state;
}
