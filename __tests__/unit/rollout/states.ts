import fc from 'fast-check';
import type { RolloutState, RolloutStatus } from '../../../src/rollout/model.ts';
import { anySplit } from './splits.ts';

export const STATUSES: readonly RolloutStatus[] = ['run', 'paused', 'done', 'rolled-back', 'failed'];

/** As tags keep it: whole seconds, seven characters of a commit, one line of plain letters as reason. */
export const anyState: fc.Arbitrary<RolloutState> = fc
  .record({
    holder: fc.oneof(fc.stringMatching(/^[1-9]\d{0,10}\.[1-9]\d?\.[a-z0-9]{6}$/), fc.stringMatching(/^[a-z0-9]{6}$/)),
    status: fc.constantFrom(...STATUSES),
    step: fc.integer({ min: 0, max: 20 }),
    steps: fc.integer({ min: 1, max: 21 }),
    percent: fc.integer({ min: 0, max: 100 }),
    since: fc.integer({ min: 0, max: 4_000_000_000 }),
    lease: fc.integer({ min: 0, max: 4_000_000_000 }),
    target: anySplit,
    policy: fc.stringMatching(/^[0-9a-f]{6}$/),
    commit: fc.stringMatching(/^(?:[0-9a-f]{7})?$/),
    base: fc.oneof(anySplit, fc.constant({})),
    reason: fc.stringMatching(/^(?:[!-~](?:[ -~]{0,60}[!-~])?)?$/),
  })
  .map((state) => ({ ...state, since: state.since * 1000, lease: state.lease * 1000 }));

export function stateWith(changes: Partial<RolloutState> = {}): RolloutState {
  return {
    holder: '17.1.abcdef',
    status: 'run',
    step: 2,
    steps: 4,
    percent: 25,
    since: 1_790_000_000_000,
    lease: 0,
    target: { green: 100 },
    policy: '012345',
    commit: 'c0ffee1',
    base: { blue: 100 },
    reason: '',
    ...changes,
  };
}
