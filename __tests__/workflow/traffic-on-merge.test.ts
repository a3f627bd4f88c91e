import { expect, test } from '@jest/globals';
import { serve } from '../support/live-traffic.ts';
import { PUSH_TO_MAIN, pullRequest } from './events.ts';
import { irisRollingOut, irisWithTraffic } from './iris.ts';
import { describeWorkflows } from './stage.ts';

const SPLIT = irisRollingOut({ blue: 90, green: 10 });
/** A minute lasts 150 ms. */
const HURRIED = { minute: 150, operationTime: 50 };
const MERGED = pullRequest('closed', { merged: true });

await describeWorkflows(
  'example traffic-on-merge.yml',
  ({ azure, others, run, endpoint, writes, givenLiveIris }) => {
    test('moves traffic step by step, then calls the endpoint and shows split and answer in the summary', async () => {
      await givenLiveIris();
      serve(azure(), { blue: 0.004, green: 0.004 });
      const result = await run('traffic-on-merge.yml', MERGED, { files: SPLIT });
      expect(result).toMatchObject({ succeeded: true, jobs: { traffic: 'succeeded' } });
      expect(endpoint('iris')?.properties).toMatchObject({ traffic: { blue: 90, green: 10 } });
      expect(result.log).toContain('Rollout: succeeded. Live traffic: `{"blue":90,"green":10}`');
      expect(result.log).toContain('Answer to requests/iris.json: `{"endpoint":"iris","deployment":"blue"');

      // A later push whose YAML does not name traffic leaves the split alone.
      expect(await run('apply-on-push.yml', PUSH_TO_MAIN)).toMatchObject({ succeeded: true });
      expect(endpoint('iris')?.properties).toMatchObject({ traffic: { blue: 90, green: 10 } });
    });

    test('does nothing when the pull request was closed without merging', async () => {
      await givenLiveIris();
      const before = azure().requests().length;
      const result = await run('traffic-on-merge.yml', pullRequest('closed'), { files: SPLIT });
      expect(result.succeeded).toBe(true);
      expect(result.jobs).toEqual({});
      expect(azure().requests()).toHaveLength(before);
    });

    test('fails at the line of a deployment that is not there, and sends nothing', async () => {
      await others().endpoint('iris');
      const before = writes();
      const result = await run('traffic-on-merge.yml', MERGED, { files: SPLIT });
      expect(result).toMatchObject({ succeeded: false, jobs: { traffic: 'failed' } });
      expect(result.log).toMatch(/::error file=endpoints\/iris\.yml,line=\d+,col=\d+::.*blue/);
      expect(writes()).toBe(before);
    });

    test('puts traffic back and fails when the new deployment is worse', async () => {
      await givenLiveIris();
      serve(azure(), { blue: 0.004, green: 0.5 });
      const result = await run('traffic-on-merge.yml', MERGED, { files: SPLIT });
      expect(result).toMatchObject({ succeeded: false, jobs: { traffic: 'failed' } });
      expect(result.log).toContain('blue=100 is live again');
      expect(endpoint('iris')?.properties['traffic']).toEqual({ blue: 100 });
    });

    test('says what to write where there is no policy', async () => {
      await givenLiveIris();
      const before = writes();
      const result = await run('traffic-on-merge.yml', MERGED, { files: irisWithTraffic({ blue: 90, green: 10 }) });
      expect(result.succeeded).toBe(false);
      expect(result.log).toContain('endpoint iris has no rollout policy; write endpoints/iris/rollout.yml');
      expect(writes()).toBe(before);
    });

    test('fails when the endpoint does not answer as it should', async () => {
      await givenLiveIris();
      serve(azure(), { blue: 0.004, green: 0.004 });
      azure().fault({ match: { method: 'POST', path: '/score' }, then: { status: 424 } });
      const result = await run('traffic-on-merge.yml', MERGED, { files: SPLIT });
      expect(result).toMatchObject({ succeeded: false, jobs: { traffic: 'failed' } });
      expect(result.log).toContain('424');
      expect(result.log).not.toContain('Answer to requests/iris.json');
    });
  },
  HURRIED,
);
