import { expect, test } from '@jest/globals';
import { withState } from '../../src/rollout/state/tags.ts';
import { serve } from '../support/live-traffic.ts';
import { stateWith } from '../unit/rollout/states.ts';
import { dispatch, PUSH_TO_MAIN } from './events.ts';
import { irisRollingOut } from './iris.ts';
import { describeWorkflows } from './stage.ts';

const FILES = { files: irisRollingOut({ green: 100 }) };
const BLUE = { blue: 100 };
const AT_TEN = { blue: 90, green: 10 };
const GREEN = { green: 100 };
const DAY = 24 * 60 * 60_000;

await describeWorkflows(
  'examples rollout-with-gate.yml, rollback.yml and watchdog.yml',
  ({ azure, others, run, endpoint, givenLiveIris }) => {
    const split = () => endpoint('iris')?.properties['traffic'];

    /** A rollout that another run has brought to ten percent. */
    const givenRollout = async ({ isHeld }: { readonly isHeld: boolean }): Promise<void> => {
      await givenLiveIris();
      const lease = Date.now() + (isHeld ? 30 : -1) * DAY;
      const tags = withState({}, stateWith({ percent: 10, base: BLUE, target: GREEN, lease }));
      // Reads show what was there before the last write.
      for (let writes = 0; writes < 2; writes += 1) await others().traffic('iris', AT_TEN, tags);
    };

    test('a tenth of the way, a gate, and the rest', async () => {
      await givenLiveIris();
      serve(azure(), { blue: 0.004, green: 0.004 });
      const result = await run('rollout-with-gate.yml', PUSH_TO_MAIN, FILES);
      expect(result).toMatchObject({ succeeded: true, jobs: { canary: 'succeeded', rest: 'succeeded' } });
      expect(result.log).toContain('paused at 10 %: as requested by `until`');
      expect(split()).toEqual(GREEN);

      const again = await run('rollout-with-gate.yml', dispatch(), FILES);
      expect(again).toMatchObject({ succeeded: true, jobs: { canary: 'succeeded' } });
      expect(again.jobs).not.toHaveProperty('rest');
    });

    test('nobody is asked to go on with what came back', async () => {
      await givenLiveIris();
      serve(azure(), { blue: 0.004, green: 0.3 });
      const result = await run('rollout-with-gate.yml', PUSH_TO_MAIN, FILES);
      expect(result).toMatchObject({ succeeded: false, jobs: { canary: 'failed' } });
      expect(result.jobs).not.toHaveProperty('rest');
      expect(result.log).toContain('blue=100 is live again');
      expect(split()).toEqual(BLUE);
    });

    test('a rollout that another run holds is rolled back', async () => {
      await givenRollout({ isHeld: true });
      const result = await run('rollback.yml', dispatch({ endpoint: 'iris' }));
      expect(result).toMatchObject({ succeeded: true, jobs: { rollback: 'succeeded' } });
      expect(split()).toEqual(BLUE);
    });

    test('the watchdog leaves a rollout alone that somebody runs, and puts back one that nobody does', async () => {
      await givenRollout({ isHeld: true });
      expect(await run('watchdog.yml', { name: 'schedule' })).toMatchObject({ succeeded: true });
      expect(split()).toEqual(AT_TEN);

      await givenRollout({ isHeld: false });
      const repaired = await run('watchdog.yml', { name: 'schedule' });
      expect(repaired).toMatchObject({ succeeded: true, jobs: { watch: 'succeeded' } });
      expect(repaired.log).toMatch(
        /run 17 \(attempt 1\).* stopped in the middle of its rollout; blue=100 is live again/,
      );
      expect(split()).toEqual(BLUE);
    });
  },
  { minute: 150, operationTime: 50 },
);
