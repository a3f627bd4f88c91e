import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Decision, decide, type Wanted } from '../../../src/rollout/decide.ts';
import { policyFingerprint } from '../../../src/rollout/state/fingerprint.ts';
import type { Policy, RolloutState } from '../../../src/rollout/model.ts';
import { sameSplit, stepSplit } from '../../../src/rollout/schedule/split.ts';
import type { RecordedState } from '../../../src/rollout/state/tags.ts';
import type { Traffic } from '../../../src/spec/model.ts';
import { policyWith } from './policies.ts';
import { anySplit } from './splits.ts';
import { anyState, stateWith } from './states.ts';

const NOW = 1_790_000_600_000;
const SINCE = 1_790_000_000_000;
const ME = '18.1.zzzzzz';
const blue = { blue: 100 };
const green = { green: 100 };
const quarter = { blue: 75, green: 25 };
const policy = policyWith();
const other = policyWith({ steps: [10, 40] });

function wantedWith(changes: Partial<Wanted> = {}): Wanted {
  return { target: green, policy, commit: 'c0ffee1d00d', retry: false, ...changes };
}

function recordedWith(changes: Partial<RolloutState> = {}): RecordedState {
  return { kind: 'state', state: stateWith({ policy: policyFingerprint(policy), ...changes }) };
}

function decideOn(live: Traffic, recorded: RecordedState, wanted = wantedWith(), me = ME): Decision {
  return decide(wanted, live, recorded, { me, now: NOW, env: {} });
}

/** What counts of a decision: its kind, where it goes on, and since when evidence counts. */
function gist(decision: Decision): string {
  if (decision.kind === 'close') return `close as ${decision.status}`;
  if (decision.kind !== 'resume') return decision.kind;
  const { step, since } = decision;
  const evidence = since === undefined ? '' : ` since ${since === SINCE ? 'it was written' : 'now'}`;
  return step ? `resume at ${step.percent} %${evidence}` : 'resume before the first step';
}

const held = { status: 'failed', reason: 'canary errors 4.1 %' } as const;
const back = { status: 'rolled-back', percent: 0, reason: 'canary errors 4.1 %' } as const;
const live = { lease: NOW + 1000 };

describe('every row', () => {
  const none: RecordedState = { kind: 'none' };
  test.each<[string, Traffic, RecordedState, Partial<Wanted>, string]>([
    ['no rollout, live is wanted', green, none, {}, 'noop'],
    ['no rollout, zeros and case aside', { Green: 100, blue: 0 }, none, {}, 'noop'],
    ['no rollout, drift', quarter, none, {}, 'start'],
    ['no rollout, nothing live', {}, none, {}, 'start'],
    ['nothing wanted', blue, none, { target: {} }, 'refuse-target'],
    ['nothing wanted in the middle of a rollout', quarter, recordedWith(), { target: {} }, 'refuse-target'],
    ['less than all wanted', blue, none, { target: { green: 90 } }, 'refuse-target'],
    ['nothing wanted and nothing live', {}, none, { target: {} }, 'noop'],

    ['done, live is wanted', green, recordedWith({ status: 'done', percent: 100 }), {}, 'noop'],
    ['done, drift since', quarter, recordedWith({ status: 'done', percent: 100 }), {}, 'start'],
    ['done, another target', green, recordedWith({ status: 'done', percent: 100 }), { target: blue }, 'start'],

    ['running elsewhere, wherever traffic is', quarter, recordedWith(live), {}, 'locked'],
    ['running elsewhere, live is wanted', green, recordedWith(live), {}, 'locked'],
    ['running elsewhere, nothing wanted', quarter, recordedWith(live), { target: {} }, 'locked'],
    ['our own, live lease', quarter, recordedWith({ ...live, holder: ME }), {}, 'resume at 25 % since it was written'],

    ['orphaned before the first step', blue, recordedWith({ percent: 0, step: 0 }), {}, 'resume before the first step'],
    ['orphaned at a step', quarter, recordedWith(), {}, 'resume at 25 % since it was written'],
    ['paused at a step', quarter, recordedWith({ status: 'paused' }), {}, 'resume at 25 % since it was written'],
    ['another commit since', quarter, recordedWith(), { commit: 'badcafe' }, 'resume at 25 % since now'],
    [
      'another policy with that step',
      quarter,
      recordedWith(),
      { policy: policyWith({ bake: 60_000 }) },
      'resume at 25 % since it was written',
    ],
    ['another policy without it', quarter, recordedWith(), { policy: other }, 'resume at 40 %'],
    [
      'another policy without any step',
      quarter,
      recordedWith(),
      { policy: policyWith({ steps: [] }) },
      'resume at 100 %',
    ],
    [
      'another policy before the first step',
      blue,
      recordedWith({ percent: 0 }),
      { policy: other },
      'resume before the first step',
    ],
    [
      'a step that only until made',
      { blue: 90, green: 10 },
      recordedWith({ percent: 10 }),
      {},
      'resume at 10 % since it was written',
    ],
    [
      'more held back now than was given before',
      { blue: 1, green: 99 },
      recordedWith({ percent: 99 }),
      { policy: policyWith({ holdback: 5 }) },
      'resume at 99 % since it was written',
    ],
    [
      'the whole less what is held back',
      { blue: 5, green: 95 },
      recordedWith({ percent: 95 }),
      {},
      'resume at 95 % since it was written',
    ],
    ['the whole is live', green, recordedWith({ percent: 100, step: 4 }), {}, 'final'],
    ['paused with the whole live', green, recordedWith({ status: 'paused', percent: 100 }), {}, 'final'],
    ['somebody else gave it the whole', green, recordedWith(), {}, 'final'],

    ['orphaned, another target', quarter, recordedWith(), { target: { red: 100 } }, 'superseding'],
    ['paused, another target', quarter, recordedWith({ status: 'paused' }), { target: { red: 100 } }, 'superseding'],
    ['orphaned, Git went back', quarter, recordedWith(), { target: blue }, 'superseding'],
    ['orphaned, Git wants what is live', quarter, recordedWith(), { target: quarter }, 'close as done'],
    [
      'orphaned before the first step, Git went back',
      blue,
      recordedWith({ percent: 0 }),
      { target: blue },
      'close as rolled-back',
    ],

    ['orphaned, somebody else moved traffic', { red: 100 }, recordedWith(), {}, 'foreign'],
    ['orphaned, somebody else put it back', blue, recordedWith(), {}, 'refuse-same'],
    ['orphaned, put back, another commit', blue, recordedWith(), { commit: 'abcdef1234' }, 'start'],
    ['paused, put back, asked for anew', blue, recordedWith({ status: 'paused' }), { retry: true }, 'start'],
    ['paused, put back, another target', blue, recordedWith({ status: 'paused' }), { target: { red: 100 } }, 'start'],
    ['orphaned, moved, another target', { blue: 50, green: 50 }, recordedWith(), { target: { red: 100 } }, 'foreign'],
    ['paused, somebody else moved traffic', { red: 100 }, recordedWith({ status: 'paused' }), {}, 'foreign'],

    ['came back, same again', blue, recordedWith(back), {}, 'refuse-same'],
    ['came back, by another policy', blue, recordedWith(back), { policy: other }, 'refuse-same'],
    ['came back, drift since', quarter, recordedWith(back), {}, 'refuse-same'],
    ['came back, commit unknown', blue, recordedWith(back), { commit: '' }, 'refuse-same'],
    ['came back, another commit', blue, recordedWith(back), { commit: 'badcafe' }, 'start'],
    ['came back, a person insists', blue, recordedWith(back), { retry: true }, 'start'],
    ['came back, another target', blue, recordedWith(back), { target: { red: 100 } }, 'start'],
    ['came back, Git went back', blue, recordedWith(back), { target: blue }, 'noop'],
    ['came back, and somebody moved on to the target', green, recordedWith(back), {}, 'noop'],

    ['held, same again', quarter, recordedWith(held), {}, 'refuse-same'],
    ['held, another commit', quarter, recordedWith(held), { commit: 'badcafe' }, 'resume at 25 % since now'],
    ['held, a person insists', quarter, recordedWith(held), { retry: true }, 'resume at 25 % since now'],
    ['held, another target', quarter, recordedWith(held), { target: { red: 100 } }, 'superseding'],
    ['held, promoted by hand', green, recordedWith(held), {}, 'noop'],
    ['held, put back by hand, same again', blue, recordedWith(held), {}, 'refuse-same'],
    ['held, put back by hand, another commit', blue, recordedWith(held), { commit: 'badcafe' }, 'start'],
    ['held, moved by hand', { red: 100 }, recordedWith(held), {}, 'foreign'],
    ['failed before any traffic, same again', blue, recordedWith({ ...held, percent: 0 }), {}, 'refuse-same'],
    [
      'failed before any traffic, another commit',
      blue,
      recordedWith({ ...held, percent: 0 }),
      { commit: 'badcafe' },
      'start',
    ],
  ])('%s', (_, traffic, recorded, wanted, expected) => {
    expect(gist(decideOn(traffic, recorded, wantedWith(wanted)))).toBe(expected);
  });

  test.each<[string, Traffic, string]>([
    ['and live is not wanted', blue, 'foreign'],
    ['and live is wanted', green, 'noop'],
  ])('tags that nobody can read, %s', (_, traffic, expected) => {
    const recorded: RecordedState = {
      kind: 'unreadable',
      why: 'tag aml-rollout is odd',
      holder: '',
      lease: 0,
      base: blue,
    };
    expect(decideOn(traffic, recorded)).toMatchObject({ kind: expected });
  });

  test('a re-run by hand tries again what came back in the run before it', () => {
    const recorded = recordedWith({ ...back, holder: '17.1.abcdef' });
    expect(decideOn(blue, recorded, wantedWith(), '17.2.zzzzzz').kind).toBe('start');
    expect(decideOn(blue, recordedWith({ ...back, holder: '17.2.zzzzzz' }), wantedWith(), '17.2.zzzzzz').kind).toBe(
      'refuse-same',
    );
  });

  test('a later attempt takes over at once from an earlier one, which must be over', () => {
    const recorded = recordedWith({ ...live, holder: '17.1.abcdef' });
    expect(decideOn(quarter, recorded, wantedWith(), '17.2.zzzzzz').kind).toBe('resume');
  });
});

describe('what a person is told', () => {
  test('of what somebody else moved: what was written, wanted and live', () => {
    expect(decideOn({ blue: 40, red: 60 }, recordedWith())).toEqual({
      kind: 'foreign',
      reason: 'somebody else moved traffic: the rollout wrote blue=75 green=25, and blue=40 red=60 is live',
      nextStep:
        'Nothing was written. Decide which is right: `rollback` goes back to the split before the rollout, `promote` applies the target split.',
      table: [
        { deployment: 'blue', recorded: 75, wanted: 0, live: 40 },
        { deployment: 'green', recorded: 25, wanted: 100, live: 0 },
        { deployment: 'red', recorded: 0, wanted: 0, live: 60 },
      ],
    });
  });

  test.each<[string, Decision, string]>([
    ['start', decideOn(blue, { kind: 'none' }), 'from blue=100 to green=100'],
    ['start from nothing', decideOn({}, { kind: 'none' }), 'from nothing live to green=100'],
    [
      'superseding',
      decideOn(quarter, recordedWith(), wantedWith({ target: { red: 100 } })),
      'a rollout to green=100 stands at 25 %, and red=100 is wanted now; first back to blue=100',
    ],
    [
      'refuse-same',
      decideOn(blue, recordedWith(back)),
      'the rollout to green=100 of commit c0ffee1 was rolled back (canary errors 4.1 %) and will not be retried automatically',
    ],
  ])('%s', (_, { reason }, words) => {
    expect(reason).toBe(words);
  });
});

describe('until', () => {
  test('holds traffic that stands beyond it where it is', () => {
    const decision = decideOn(quarter, recordedWith(), wantedWith({ until: 10 }));
    expect(decision).toMatchObject({ kind: 'resume', step: { percent: 25 } });
    if (decision.kind === 'resume') expect(decision.schedule.pauseAfter).toBe(decision.step?.number);
  });

  test('pauses at its step', () => {
    const decision = decideOn(blue, { kind: 'none' }, wantedWith({ until: 10 }));
    expect(decision.kind === 'start' && decision.schedule.steps[decision.schedule.pauseAfter! - 1]).toMatchObject({
      percent: 10,
    });
  });
});

interface Scene {
  readonly wanted: Wanted;
  readonly live: Traffic;
  readonly recorded: RecordedState;
}

const anyPolicy: fc.Arbitrary<Policy> = fc.constantFrom(
  policy,
  other,
  policyWith({ steps: [], holdback: 5 }),
  policyWith({ holdback: 10 }),
);

/** Situations in which each row is met: what is live is often what the state, or Git, has. */
const anyScene: fc.Arbitrary<Scene> = fc
  .record({
    state: anyState,
    isRecorded: fc.boolean(),
    target: anySplit,
    isSameTarget: fc.boolean(),
    policy: anyPolicy,
    isSamePolicy: fc.boolean(),
    isSameCommit: fc.boolean(),
    isLeased: fc.boolean(),
    retry: fc.boolean(),
    until: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
    elsewhere: fc.oneof(anySplit, fc.constant({})),
    where: fc.constantFrom<'reached' | 'base' | 'target' | 'elsewhere'>('reached', 'base', 'target', 'elsewhere'),
  })
  .map((given) => {
    const wanted: Wanted = {
      target: given.isSameTarget ? given.state.target : given.target,
      policy: given.policy,
      commit: given.isSameCommit ? given.state.commit : 'badcafe',
      retry: given.retry,
      until: given.until,
    };
    const state = {
      ...given.state,
      lease: given.isLeased ? NOW + 60_000 : 0,
      policy: given.isSamePolicy ? policyFingerprint(given.policy) : given.state.policy,
    };
    const places = {
      reached: stepSplit(state.base, state.target, state.percent),
      base: state.base,
      target: wanted.target,
      elsewhere: given.elsewhere,
    };
    const recorded: RecordedState = given.isRecorded ? { kind: 'state', state } : { kind: 'none' };
    return { wanted, live: places[given.where], recorded };
  });

/** What the action of a decision leaves behind at its first write; nothing when it writes nothing. */
function after({ wanted, live, recorded }: Scene, decision: Decision): Scene | undefined {
  const old = recorded.kind === 'state' ? recorded.state : stateWith();
  const written = (traffic: Traffic, state: RolloutState): Scene => ({
    wanted,
    live: traffic,
    recorded: { kind: 'state', state },
  });
  switch (decision.kind) {
    case 'start':
    case 'resume':
    case 'final': {
      const { base, target, steps } = decision.schedule;
      const step = 'step' in decision ? decision.step : undefined;
      const state: RolloutState = {
        holder: ME,
        status: 'run',
        step: step?.number ?? 0,
        steps: steps.length,
        percent: step?.percent ?? 0,
        since: NOW,
        lease: NOW + 60_000,
        target,
        policy: policyFingerprint(wanted.policy),
        commit: wanted.commit.slice(0, 7),
        base,
        reason: '',
      };
      return written(step?.split ?? live, state);
    }
    case 'close':
      return written(live, { ...old, status: decision.status, lease: 0 });
    case 'superseding':
      return written(decision.base, { ...old, status: 'rolled-back', percent: 0, lease: 0 });
    default:
      return undefined;
  }
}

/** How far along a decision is; what writes nothing is an end. */
function rank(decision: Decision): number {
  const order = ['superseding', 'start', 'resume', 'final'];
  const at = order.indexOf(decision.kind);
  if (at === -1) return 1000;
  return at * 100 + (decision.kind === 'resume' ? (decision.step?.percent ?? 0) / 2 : 0);
}

describe('always', () => {
  const asking = { me: ME, now: NOW, env: {} };
  const on = ({ wanted, live: traffic, recorded }: Scene): Decision => decide(wanted, traffic, recorded, asking);

  test('there is an answer, with words, the same for the same', () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const decision = on(scene);
        expect(decision.reason).not.toBe('');
        if ('schedule' in decision && 'step' in decision) expect(decision.schedule.steps).toContain(decision.step);
        expect(on(structuredClone(scene))).toEqual(decision);
      }),
      { numRuns: 1000 },
    );
  });

  test('nothing is written over a lease of another, nor over what somebody else moved', () => {
    fc.assert(
      fc.property(anyScene, (scene) => {
        const { recorded, live: traffic, wanted } = scene;
        if (recorded.kind !== 'state') return;
        const { state } = recorded;
        const decision = on(scene);
        if (state.lease > NOW && state.holder !== ME) expect(decision.kind).toBe('locked');
        const isOurs = [stepSplit(state.base, state.target, state.percent), state.base, wanted.target].some((split) =>
          sameSplit(split, traffic),
        );
        if (['run', 'paused'].includes(state.status) && !isOurs) expect(['locked', 'foreign']).toContain(decision.kind);
      }),
      { numRuns: 1000 },
    );
  });

  test('deciding on what an action left behind leads on, never back, and comes to an end', () => {
    fc.assert(
      fc.property(anyScene, (first) => {
        let scene = first;
        let decision = on(scene);
        for (let rounds = 0; rounds < 5; rounds++) {
          const next = after(scene, decision);
          if (!next) return;
          const following = on(next);
          expect(rank(following)).toBeGreaterThanOrEqual(rank(decision));
          const isSettled = rank(following) === rank(decision) || following.kind === 'resume';
          if (isSettled && sameSplit(scene.live, next.live)) return;
          [scene, decision] = [next, following];
        }
        expect(['resume', 'final']).toContain(decision.kind);
      }),
      { numRuns: 1000 },
    );
  });

  test('a rollout that is picked up after each step goes through all of them to its end', () => {
    fc.assert(
      fc.property(anySplit, anySplit, anyPolicy, (base, target, how) => {
        const wanted = wantedWith({ target, policy: how });
        let scene: Scene = { wanted, live: base, recorded: { kind: 'none' } };
        const splits: Traffic[] = [];
        for (let rounds = 0; rounds < 30; rounds++) {
          const decision = on(scene);
          if (decision.kind === 'noop') break;
          expect(['start', 'resume', 'final']).toContain(decision.kind);
          if (!('schedule' in decision)) return;
          const { steps } = decision.schedule;
          const stands = decision.kind === 'resume' ? (decision.step?.number ?? 0) : 0;
          const next = decision.kind === 'final' ? undefined : steps.find(({ number }) => number > stands);
          const written = after(scene, decision)!.recorded;
          if (written.kind !== 'state') return;
          const moved = next
            ? { ...written.state, step: next.number, percent: next.percent }
            : { ...written.state, status: 'done' as const, percent: 100, lease: 0 };
          scene = { wanted, live: next?.split ?? target, recorded: { kind: 'state', state: moved } };
          splits.push(scene.live);
        }
        expect(on(scene).kind).toBe('noop');
        expect(sameSplit(splits.at(-1) ?? base, target)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
