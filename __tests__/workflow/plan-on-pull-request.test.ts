import { expect, test } from '@jest/globals';
import { pullRequest } from './events.ts';
import { irisWithTraffic } from './iris.ts';
import { servePullRequestComments } from './pull-request-comments.ts';
import { describeWorkflows } from './stage.ts';

const NO_ID_TOKEN = { ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' };
const FORK = pullRequest('opened', { from: 'somebody/models' });

await describeWorkflows('example plan-on-pull-request.yml', ({ azure, run, writes, givenLiveIris }) => {
  test('shows the plan in the summary and in a comment, and changes nothing', async () => {
    await givenLiveIris();
    const before = writes();
    const comments = await servePullRequestComments();
    try {
      const result = await run('plan-on-pull-request.yml', pullRequest('opened'), {
        files: irisWithTraffic({ blue: 90, green: 10 }),
        flags: ['--env', `GITHUB_API_URL=${comments.url}`, '--secret', 'GITHUB_TOKEN=a-token-of-a-job'],
      });
      expect(result).toMatchObject({ succeeded: true, jobs: { validate: 'succeeded', plan: 'succeeded' } });
      expect(result.log).toMatch(/Summary - ### Azure ML online endpoints: plan[^]*\| traffic\S* \|/);
      expect(result.log).toContain('title=Azure would change');
      expect(comments.bodies).toEqual([expect.stringMatching(/\| traffic\S* \|/)]);
      expect(comments.bodies[0]).toMatch(/\*\*iris\/green\*\* \(to update\)[^]*content [0-9a-f]{8}/);
      expect(writes()).toBe(before);
    } finally {
      await comments.close();
    }
  });

  test('checks a pull request from a fork, which may not sign in, without Azure', async () => {
    const result = await run('plan-on-pull-request.yml', FORK, { env: NO_ID_TOKEN });
    expect(result.succeeded).toBe(true);
    expect(result.jobs).toEqual({ validate: 'succeeded' });
    expect(azure().requests()).toEqual([]);
  });

  test('fails at the line of a fault, before anybody signs in', async () => {
    const result = await run('plan-on-pull-request.yml', pullRequest('opened'), {
      files: irisWithTraffic({ blue: 90, green: 20 }),
    });
    expect(result.succeeded).toBe(false);
    // A job that was skipped would leave the comment of an earlier push as it is.
    expect(result.jobs).toEqual({ validate: 'failed', plan: 'failed' });
    expect(result.log).toMatch(/::error file=endpoints\/iris\.yml,line=\d+,col=\d+::/);
    expect(azure().requests()).toEqual([]);
  });
});
