import { describe, expect, test } from '@jest/globals';
import { ended, run } from '../support/rollout-process.ts';
import { MINUTE, NATURES, POLICIES, wantedOf } from '../support/rollout-scenes.ts';
import { newWorld, stateOf } from '../support/rollout-world.ts';

const { fast } = POLICIES;
const [first, second, third] = ['17.1.a', '18.1.b', '19.1.c'].map((holder) => ({ holder })) as [
  { holder: string },
  { holder: string },
  { holder: string },
];

describe('what failed', () => {
  test('is not tried again by itself, but by another commit', async () => {
    const world = newWorld(NATURES['too many errors']);
    expect(await ended(world, wantedOf(fast), first)).toMatchObject({ status: 'rolled-back' });
    const again = await run(world, wantedOf(fast), second);
    expect(again.ending).toMatchObject({ status: 'failed', nextStep: expect.stringContaining('Push a commit') });
    expect(again.asked).toEqual(['read']);
    expect(world.kept.traffic).toEqual({ blue: 100 });
    const mended = wantedOf(fast, { commit: '1234567' });
    expect(await ended(world, mended, third)).toMatchObject({ status: 'rolled-back' });
    expect(world.past.filter(({ by }) => by === third.holder).map(({ traffic }) => traffic)).toContainEqual({
      ...{ blue: 90, green: 10 },
    });
  });

  test.each([
    ['a person asks for it', wantedOf(fast, { retry: true }), second],
    ['its workflow is run again', wantedOf(fast), { holder: '17.2.a' }],
  ])('is tried again when %s', async (_, wanted, process) => {
    const world = newWorld(NATURES['too many errors']);
    await ended(world, wantedOf(fast), first);
    expect(await ended(world, wanted, process)).toMatchObject({ status: 'rolled-back' });
  });
});

describe('a pause', () => {
  test('comes where it is asked for, and the next run goes on with its gates', async () => {
    const world = newWorld(NATURES.well);
    expect(await ended(world, wantedOf(fast, { until: 10 }), first)).toMatchObject({ status: 'paused' });
    expect(world.kept.traffic).toEqual({ blue: 90, green: 10 });
    expect(stateOf(world)?.lease).toBe(0);
    const { ending, asked } = await run(world, wantedOf(fast), second);
    expect(ending).toMatchObject({ status: 'succeeded' });
    expect(asked.filter((each) => each === 'minutes').length).toBeGreaterThan(10);
    expect(world.kept.traffic).toEqual({ green: 100 });
  });

  test.each([
    [4, 'succeeded'],
    [5, 'paused'],
  ])('comes with the fifth reading in a row that fails: %d, and it has %s', async (failing, status) => {
    const world = newWorld({ ...NATURES.well, silent: (reading) => reading > 2 && reading <= 2 + failing });
    expect(await ended(world, wantedOf(fast), first)).toMatchObject({ status });
  });

  test('that took hours hides nothing of what begins afterwards', async () => {
    const world = newWorld(NATURES['errors from half on']);
    await ended(world, wantedOf(fast, { until: 10 }), first);
    world.now += 300 * MINUTE;
    const ending = await ended(world, wantedOf(fast), second);
    expect(ending).toMatchObject({ status: 'rolled-back', reason: expect.stringContaining('at 50 %') });
  });

  test('comes before its time is up', async () => {
    const world = newWorld(NATURES.well);
    const ending = await ended(world, wantedOf(fast), first, 15 * MINUTE);
    expect(ending).toMatchObject({ status: 'paused', reason: expect.stringContaining('max-duration') });
    expect(stateOf(world)).toMatchObject({ status: 'paused', lease: 0 });
  });

  test('comes when the metrics are silent five times in a row, and not before', async () => {
    const silent = newWorld(NATURES['no metrics']);
    expect(await ended(silent, wantedOf(fast), first)).toMatchObject({ status: 'paused' });
    expect(silent.readings).toBe(5);
    const stuttering = newWorld({ ...NATURES.well, silent: (reading) => reading % 3 === 1 });
    expect(await ended(stuttering, wantedOf(fast), first)).toMatchObject({ status: 'succeeded' });
  });
});

test('it does not go back into an old side that is unwell too', async () => {
  const world = newWorld(NATURES['both unwell']);
  const ending = await ended(world, wantedOf(fast), first);
  expect(ending).toMatchObject({ status: 'failed', reason: expect.stringContaining('unhealthy too') });
  expect(stateOf(world)).toMatchObject({ status: 'failed', lease: 0 });
});

test('it does not go back to a deployment that Azure cannot serve from', async () => {
  const unwell = { blue: 'Failed' };
  const world = newWorld({ ...NATURES['too many errors'], unwell: () => unwell });
  const ending = await ended(world, wantedOf(fast), first);
  const reason = expect.stringContaining('deployment blue of the split before is Failed, so traffic was not restored');
  expect(ending).toMatchObject({ status: 'failed', reason });
  expect(world.kept.traffic).toEqual({ blue: 90, green: 10 });
});

test.each([
  ['pause', 'paused', { blue: 90, green: 10 }],
  ['rollback', 'rolled-back', { blue: 100 }],
  ['promote', 'succeeded', { green: 100 }],
] as const)('without evidence it does what `on-no-data: %s` says', async (onNoData, status, traffic) => {
  const world = newWorld(NATURES['hardly a request']);
  expect(await ended(world, wantedOf({ ...fast, onNoData }), first)).toMatchObject({ status });
  expect(world.kept.traffic).toEqual(traffic);
});

test('another target goes back first, and then on its own way', async () => {
  const world = newWorld(NATURES.well);
  await ended(world, wantedOf(fast, { until: 10 }), first);
  const other = wantedOf(fast, { target: { red: 100 }, commit: '1234567' });
  expect(await ended(world, other, second)).toMatchObject({ status: 'succeeded' });
  const splits = world.past.map(({ traffic }) => JSON.stringify(traffic));
  expect(splits.lastIndexOf('{"blue":100}')).toBeLessThan(splits.indexOf('{"blue":90,"red":10}'));
  expect(world.kept.traffic).toEqual({ red: 100 });
});
