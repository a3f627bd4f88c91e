import { expect, test } from '@jest/globals';
import { PUSH_TO_MAIN } from './events.ts';
import { irisWithTraffic } from './iris.ts';
import { describeWorkflows } from './stage.ts';

await describeWorkflows('example apply-on-push.yml', ({ azure, run, writes, endpoint, givenLiveIris }) => {
  test('makes what is new; the next push sends nothing and runs no later step', async () => {
    const first = await run('apply-on-push.yml', PUSH_TO_MAIN);
    expect(first).toMatchObject({ succeeded: true, jobs: { apply: 'succeeded' } });
    expect([endpoint('iris'), endpoint('churn')]).toMatchObject([{ name: 'iris' }, { name: 'churn' }]);
    // They are made side by side, so either may be first.
    expect(
      endpoint('iris')
        ?.deployments.map(({ name }) => name)
        .toSorted(),
    ).toEqual(['blue', 'green']);
    expect(first.log).toContain('uploaded endpoints/iris/src');
    expect(first.log).toContain('title=Endpoints changed::{"churn":{"scoringUrl":"https://');

    const before = writes();
    const second = await run('apply-on-push.yml', PUSH_TO_MAIN);
    expect(second).toMatchObject({ succeeded: true, jobs: { apply: 'succeeded' } });
    expect(writes()).toBe(before);
    expect(second.log).not.toContain('title=Endpoints changed');
  });

  test('signs in with an ID token of the job, and fails with the permission to add where there is none', async () => {
    const env = { ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' };
    const refused = await run('apply-on-push.yml', PUSH_TO_MAIN, { env });
    expect(refused).toMatchObject({ succeeded: false, jobs: { apply: 'failed' } });
    expect(refused.log).toContain('permissions: id-token: write');
    expect(azure().requests()).toEqual([]);
  });

  test('gives new deployments the traffic of the YAML, once they are there', async () => {
    const result = await run('apply-on-push.yml', PUSH_TO_MAIN, { files: irisWithTraffic({ blue: 90, green: 10 }) });
    expect(result.succeeded).toBe(true);
    expect(endpoint('iris')?.properties['traffic']).toEqual({ blue: 90, green: 10 });
  });

  test('keeps live traffic that the YAML does not name', async () => {
    await givenLiveIris();
    expect(await run('apply-on-push.yml', PUSH_TO_MAIN)).toMatchObject({ succeeded: true });
    expect(endpoint('iris')).toMatchObject({
      tags: { owner: 'data-science' },
      properties: { traffic: { blue: 100 } },
    });
  });
});
