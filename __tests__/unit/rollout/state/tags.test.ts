import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject } from '../../../../src/json.ts';
import { lockOf } from '../../../../src/rollout/state/lock.ts';
import { readState, withState } from '../../../../src/rollout/state/tags.ts';
import type { Traffic } from '../../../../src/spec/model.ts';
import { anyState, stateWith } from '../states.ts';

const tags = withState({}, stateWith());
const written = tags['aml-rollout'] as string;

function readWith(changes: JsonObject): ReturnType<typeof readState> {
  return readState({ ...tags, ...changes });
}

describe('tags', () => {
  test('hold a state so that a person can read it', () => {
    const state = stateWith({ lease: 1_790_000_900_000, reason: 'canary errors 4.1 % against 0.4 %; 10.2 times' });
    expect(withState({}, state)).toEqual({
      'aml-rollout':
        'v1;id=17.1.abcdef;st=run;i=2/4;w=25;t=1790000000;to=56436806d6;pol=012345;sha=c0ffee1;lease=1790000900;why=canary errors 4.1 % against 0.4 %; 10.2 times',
      'aml-rollout-base': 'blue=100',
      'aml-rollout-target': 'green=100',
    });
  });

  test('give back every state, beside tags of the user', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const written = withState({ owner: 'ml' }, state);
        expect(readState(written)).toEqual({ kind: 'state', state });
        expect(written['owner']).toBe('ml');
        const own = Object.entries(written).filter(([name]) => name.startsWith('aml-rollout'));
        expect(own.every(([, value]) => typeof value === 'string' && value.length > 0 && value.length <= 256)).toBe(
          true,
        );
      }),
    );
  });

  test('have room for the largest split that Azure takes', () => {
    const names = Array.from(
      { length: 20 },
      (_, index) => `a-deployment-of-thirty-two-ch-${String(index).padStart(2, '0')}`,
    );
    expect(names.map(({ length }) => length)).toEqual(names.map(() => 32));
    const base: Traffic = Object.fromEntries(names.map((name) => [name, 5]));
    const written = withState({}, stateWith({ base }));
    expect(Object.keys(written)).toEqual([
      'aml-rollout',
      'aml-rollout-base',
      'aml-rollout-base-2',
      'aml-rollout-base-3',
      'aml-rollout-target',
    ]);
    expect(readState(written)).toMatchObject({ kind: 'state', state: { base } });
    expect(Object.keys(withState(written, stateWith()))).toEqual([
      'aml-rollout',
      'aml-rollout-base',
      'aml-rollout-target',
    ]);
  });

  test('keep a long cause as far as there is room, in plain characters', () => {
    const reason = `erreur \u2265 5 %\n${'x'.repeat(300)}`;
    const { state } = readState(withState({}, stateWith({ reason }))) as { state: { reason: string } };
    expect(state.reason).toMatch(/^erreur 5 % x{50,}$/);
  });

  test('without a state lose all that rollouts left, whatever its case', () => {
    expect(withState({ ...tags, 'AML-Rollout-Base-2': 'x', owner: 'ml' }, undefined)).toEqual({ owner: 'ml' });
    expect(withState({ 'Aml-Rollout': 'old' }, stateWith())).toEqual(tags);
  });

  test('are found in the case that Azure spells them', () => {
    const spelled = Object.fromEntries(Object.entries(tags).map(([name, value]) => [name.toUpperCase(), value]));
    expect(readState(spelled)).toEqual({ kind: 'state', state: stateWith() });
  });
});

describe('what they hold otherwise', () => {
  test('without any, there is no rollout', () => {
    expect(readState({ owner: 'ml' })).toEqual({ kind: 'none' });
  });

  test.each<[string, JsonObject, string]>([
    ['text of somebody', { 'aml-rollout': 'yes' }, 'tag aml-rollout does not hold the state of a rollout'],
    ['nothing', { 'aml-rollout': '' }, 'tag aml-rollout does not hold the state of a rollout'],
    [
      'a later version',
      { 'aml-rollout': 'v2;id=x' },
      'tag aml-rollout was written by another version of this action (v2)',
    ],
    ['no base', { 'aml-rollout-base': undefined }, 'tag aml-rollout-base is missing or holds no split'],
    ['half a base', { 'aml-rollout-base': 'blue=50' }, 'tag aml-rollout-base is missing or holds no split'],
    ['no target', { 'aml-rollout-target': 'green' }, 'tag aml-rollout-target is missing or holds no split'],
    [
      'another target',
      { 'aml-rollout-target': 'red=100' },
      'tag aml-rollout and tag aml-rollout-target do not belong together',
    ],
    [
      'no status',
      { 'aml-rollout': written.replace('st=run', 'st=on') },
      'tag aml-rollout lacks a part, or holds one that nobody wrote like that',
    ],
    [
      'more than all',
      { 'aml-rollout': written.replace('w=25', 'w=101') },
      'tag aml-rollout lacks a part, or holds one that nobody wrote like that',
    ],
    ['a base alone', { 'aml-rollout': undefined }, 'tag aml-rollout-base stands alone'],
  ])('%s', (_, changes, why) => {
    expect(readWith(changes)).toMatchObject({ kind: 'unreadable', why });
  });

  test('holder, lease and base still count', () => {
    const later = { 'aml-rollout': 'v7;lease=1790000900;new=1;id=5.1.xyz' };
    expect(readWith(later)).toMatchObject({ holder: '5.1.xyz', lease: 1_790_000_900_000, base: { blue: 100 } });
  });

  test('never stops anything', () => {
    const text = fc.oneof(
      fc.string(),
      fc.stringMatching(/^v1;(?:(?:id|st|i|w|t|to|pol|sha|lease|why)=[a-z0-9/]{0,9};?)*$/),
    );
    const name = fc.constantFrom(
      'aml-rollout',
      'aml-rollout-base',
      'aml-rollout-base-2',
      'aml-rollout-target',
      '__proto__',
    );
    fc.assert(
      fc.property(fc.dictionary(name, fc.oneof(text, fc.constant('blue=100'), fc.constant(null))), (garbage) => {
        expect(['none', 'unreadable']).toContain(readState(garbage).kind);
      }),
    );
  });
});

describe('a lease', () => {
  const now = 1_790_000_000_000;
  const env = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'org/repo' };
  const lease = now + 60_000;

  function lock(holder: string, me: string, until = lease, surroundings = env): ReturnType<typeof lockOf> {
    return lockOf({ kind: 'state', state: stateWith({ holder, lease: until }) }, { me, now, env: surroundings });
  }

  test('of another run keeps everybody else away, and says who and where', () => {
    expect(lock('17.1.abcdef', '18.1.aaaaaa')).toEqual({
      holder: '17.1.abcdef',
      until: lease,
      link: 'https://github.com/org/repo/actions/runs/17',
      reason:
        'run 17 (attempt 1), https://github.com/org/repo/actions/runs/17, is running a rollout on this endpoint and holds the lock until 14:14 UTC',
    });
  });

  test('of a process without a run has no link', () => {
    expect(lock('abcdef', 'aaaaaa')).toMatchObject({
      reason: 'process abcdef is running a rollout on this endpoint and holds the lock until 14:14 UTC',
    });
    expect(lock('17.1.abcdef', 'aaaaaa', lease, {} as typeof env)).not.toHaveProperty('link');
  });

  test.each([
    ['is our own', '17.1.abcdef', '17.1.abcdef', lease],
    ['is over', '17.1.abcdef', '18.1.aaaaaa', now],
    ['was given up', '17.1.abcdef', '18.1.aaaaaa', 0],
    ['is of an earlier attempt of our run, which must be over', '17.1.abcdef', '17.2.aaaaaa', lease],
  ])('lets us write when it %s', (_, holder, me, until) => {
    expect(lock(holder, me, until)).toBeUndefined();
  });

  test.each([
    ['another job of our run', '17.1.abcdef', '17.1.aaaaaa'],
    ['a later attempt of our run', '17.3.abcdef', '17.2.aaaaaa'],
  ])('of %s counts', (_, holder, me) => {
    expect(lock(holder, me)).toMatchObject({ holder });
  });

  test('of another version counts', () => {
    const recorded = readState({ 'aml-rollout': `v9;id=5.1.x;lease=${lease / 1000}` });
    expect(lockOf(recorded, { me: '6.1.x', now, env })).toMatchObject({ holder: '5.1.x', until: lease });
  });

  test('nobody holds what has no rollout', () => {
    expect(lockOf({ kind: 'none' }, { me: 'x', now, env })).toBeUndefined();
  });
});
