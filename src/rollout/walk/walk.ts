import { decide, type Decision, type Wanted } from '../decide.ts';
import type { RolloutState } from '../model.ts';
import { goBack } from './back.ts';
import { goOn } from './steps.ts';
import { Conflict, type Ending, type Limits, type Ports, type Sight } from './ports.ts';

/**
 * Moves traffic to the split that is wanted, step by step, and back when the evidence says so. It may be killed at any moment:
 * what it knows is in the tags of the endpoint, and running it again goes on from there.
 * @throws whatever keeps it from reading or writing, and the signal's reason when the job is cancelled
 */
export async function walk(wanted: Wanted, limits: Limits, ports: Ports): Promise<Ending> {
  try {
    // Superseding writes once and decides again; what it leaves behind is never superseded.
    for (;;) {
      const sight = await ports.read();
      const decision = decide(wanted, sight.traffic, sight.recorded, ports.asking());
      ports.say(decision.reason);
      if (decision.kind !== 'superseding') return await follow(decision, wanted, limits, sight, ports);
      await goBack(stateOf(sight), sight, decision.reason, ports);
    }
  } catch (error) {
    if (error instanceof Conflict) return afterConflict(wanted, error.sight, ports);
    throw error;
  }
}

async function follow(
  decision: Exclude<Decision, { kind: 'superseding' }>,
  wanted: Wanted,
  limits: Limits,
  sight: Sight,
  ports: Ports,
): Promise<Ending> {
  switch (decision.kind) {
    case 'start':
    case 'resume':
    case 'final':
      return goOn({ ...decision, wanted, limits }, sight, ports);
    case 'close': {
      const state = { ...stateOf(sight), status: decision.status, lease: 0 };
      await ports.write({ traffic: sight.traffic, mirror: {}, state }, sight);
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
function afterConflict(wanted: Wanted, sight: Sight, ports: Ports): Ending {
  const decision = decide(wanted, sight.traffic, sight.recorded, ports.asking());
  if (decision.kind === 'locked') return ended('superseded', decision);
  return {
    status: 'superseded',
    reason: `somebody else changed endpoint ${ports.endpoint} in the midst of the rollout: ${decision.reason}`,
    nextStep: decision.nextStep ?? 'Nothing of theirs was overwritten. Run again to go on from what is live now.',
    ...(decision.kind === 'foreign' ? { table: decision.table } : {}),
  };
}

function ended(status: Ending['status'], { reason, nextStep }: Decision): Ending {
  return { status, reason, ...(nextStep === undefined ? {} : { nextStep }) };
}

/** A decision that needs a state is only ever made of one. */
function stateOf({ recorded }: Sight): RolloutState {
  if (recorded.kind !== 'state') throw new Error('a rollout without a state');
  return recorded.state;
}
