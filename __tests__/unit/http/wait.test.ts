import { describe, expect, test } from '@jest/globals';
import { startWait } from '../../../src/http/wait.ts';
import { Failure } from '../../../src/failure.ts';
import { fakeDeps } from '../../support/fake-deps.ts';

function waiting(timeout = 3_600_000) {
  const deps = fakeDeps();
  const wait = startWait(
    { ...deps, limits: { signal: deps.signal, deadline: deps.clock.now() + timeout } },
    'update of iris',
  );
  return { deps, wait };
}

/** The real clock runs a little beside the jumping one. */
const seconds = (milliseconds: number) => Math.round(milliseconds / 1_000);

describe('a wait', () => {
  test('looks each second for two minutes, then each five', async () => {
    const { deps, wait } = waiting();
    const pauses: number[] = [];
    for (let look = 0; look < 130; look += 1) {
      const begin = deps.clock.now();
      await wait.pause('Updating');
      pauses.push(seconds(deps.clock.now() - begin));
    }
    expect(pauses.slice(0, 119)).toEqual(Array(119).fill(1));
    expect(pauses.slice(121)).toEqual(Array(9).fill(5));
  });

  test('says every 15 seconds how it stands', async () => {
    const { deps, wait } = waiting();
    while (wait.elapsed() < 62_000) await wait.pause(wait.elapsed() < 40_000 ? 'Creating' : 'Updating');
    expect(deps.report.texts()).toEqual([
      'update of iris: Creating (15 s)',
      'update of iris: Creating (30 s)',
      'update of iris: Updating (45 s)',
      'update of iris: Updating (1 min)',
    ]);
    wait.done();
    expect(deps.report.texts().at(-1)).toMatch(/^update of iris: done after 1 min [23] s$/);
  });

  test('keeps its heartbeat in a pause that Azure asked for', async () => {
    const { deps, wait } = waiting();
    await wait.pause('Updating', 50_000);
    expect(seconds(wait.elapsed())).toBe(50);
    expect(deps.report.texts()).toHaveLength(3);
  });

  test('ends at the deadline after one more look, and says what to do', async () => {
    const { wait } = waiting(3_600_000);
    const looks = async () => {
      for (;;) await wait.pause('Updating');
    };
    const failure = (await looks().catch((error: unknown) => error)) as Failure;
    expect(failure).toBeInstanceOf(Failure);
    expect(failure.message).toBe('update of iris: timed out after 1 h (last state: Updating)');
    expect(failure.details).toMatchObject({ code: 'Timeout', nextStep: expect.stringContaining('longer `timeout`') });
    expect(seconds(wait.elapsed())).toBe(3_600);
  });

  test('does not sleep past the deadline, whatever Azure asks for', async () => {
    const { wait } = waiting(20_000);
    await wait.pause('Updating', 600_000);
    expect(seconds(wait.elapsed())).toBe(20);
    await expect(wait.pause('Updating')).rejects.toThrow('timed out after 20 s');
  });

  test('ends at once when the job is cancelled', async () => {
    const { deps, wait } = waiting();
    deps.cancel();
    await expect(wait.pause('Updating', 60_000)).rejects.toThrow('cancelled by a test');
    expect(deps.clock.slept).toEqual([]);
  });
});
