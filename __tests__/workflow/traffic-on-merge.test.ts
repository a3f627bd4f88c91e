import { expect, test } from '@jest/globals';
import { PUSH_TO_MAIN, pullRequest } from './events.ts';
import { irisWithTraffic } from './iris.ts';
import { describeWorkflows } from './stage.ts';

const SPLIT = irisWithTraffic({ blue: 90, green: 10 });
const MERGED = pullRequest('closed', { merged: true });

await describeWorkflows('example traffic-on-merge.yml', ({ azure, others, run, endpoint, writes, givenLiveIris }) => {
  test('moves traffic, then calls the endpoint and shows split and answer in the summary', async () => {
    await givenLiveIris();
    const result = await run('traffic-on-merge.yml', MERGED, { files: SPLIT });
    expect(result).toMatchObject({ succeeded: true, jobs: { traffic: 'succeeded' } });
    expect(endpoint('iris')?.properties).toMatchObject({ traffic: { blue: 90, green: 10 } });
    expect(result.log).toContain('Live traffic: `{"blue":90,"green":10}`');
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

  test('fails when the endpoint does not answer as it should', async () => {
    await givenLiveIris();
    azure().fault({ match: { method: 'POST', path: '/score' }, then: { status: 424 } });
    const result = await run('traffic-on-merge.yml', MERGED, { files: SPLIT });
    expect(result).toMatchObject({ succeeded: false, jobs: { traffic: 'failed' } });
    expect(result.log).toContain('424');
    expect(result.log).not.toContain('Answer to requests/iris.json');
  });
});
