import { expect, test } from '@jest/globals';
import { abortedAfter, greenAt, IRIS_ON_BLUE, serve, splitOf } from '../support/live-traffic.ts';
import { inScene } from '../support/scene.ts';

const files = {
  'endpoints/iris.yml': 'name: iris\ntraffic: {green: 100}\n',
  'endpoints/iris/rollout.yml': 'preset: standard\n',
};
const rollout = { operation: 'rollout', endpoint: 'iris' };
/** A minute lasts 150 ms. */
const hurried = { files, seed: IRIS_ON_BLUE, operationTime: 50, minute: 150, staleReads: 0 };

test.concurrent(
  'a whole rollout by the policy `standard`, from the file beside the endpoint',
  inScene(hurried, async ({ action, azure }) => {
    serve(azure, { blue: 0.004, green: 0.004 });
    const { exitCode, outputs, summary, maskedLog } = await action(rollout);
    expect({ exitCode, status: outputs['status'], split: splitOf(azure) }).toEqual({
      exitCode: 0,
      status: 'succeeded',
      split: { green: 100 },
    });
    expect(maskedLog).toMatch(/iris: \d\d:\d\d step 1\/4 5% bake \d+\/10m c=\d+ b=\d+ err .* -> pass/);
    expect(summary).toMatch(/^#### ✅ iris: .*green.* in \d.* min, 4 steps, [\d,]+ requests to /m);
    expect(outputs['report']).toMatch(/azureml-rollout-iris\.json$/);
    expect(azure.state().endpoints[0]?.tags['team']).toBe('flowers');
  }),
);

test.concurrent(
  'a rollout whose new side fails comes back, and the job says why',
  inScene(hurried, async ({ action, azure }) => {
    serve(azure, { blue: 0.004, green: 0.3 });
    const { exitCode, outputs, annotations, summary } = await action(rollout);
    expect({ exitCode, status: outputs['status'], split: splitOf(azure) }).toEqual({
      exitCode: 1,
      status: 'rolled-back',
      split: { blue: 100 },
    });
    const errors = annotations.filter(({ type }) => type === 'error');
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toMatch(/^iris: rolled back at 5 %: errors .*; blue=100 is live again/);
    expect(outputs['failure-reason']).toContain('rolled back at 5 %');
    expect(summary).toContain('⏪ iris: rolled back at 5 %');
    // The same commit is not tried again by itself.
    const sha = { GITHUB_SHA: 'abcdef0123456789' };
    const again = await action(rollout, { env: { ...azure.env, ...sha } });
    expect(again.exitCode).toBe(1);
    expect(splitOf(azure)).toEqual({ blue: 100 });
  }),
);

test.concurrent(
  'a job cancelled in the midst ends at once, and its post step puts the traffic back, telling of it each second',
  inScene({ ...hurried, operationTime: 1_500, minute: 600 }, async ({ action, azure }) => {
    serve(azure, { blue: 0, green: 0 });
    const { exitCode, cancelMs, state, post } = await action(rollout, {
      cancel: abortedAfter(greenAt(azure, 5, 1_500)),
    });
    expect(exitCode).not.toBe(0);
    expect(cancelMs).toBeLessThan(2_000);
    expect(state['underWay']).toContain('rollout of endpoint iris');
    expect(post.exitCode).toBe(0);
    expect(post.maskedLog).toMatch(/ending the rollout of iris: [1-3] s/);
    expect(post.maskedLog).toContain('blue=100 is live again');
    expect(splitOf(azure)).toEqual({ blue: 100 });
  }),
);

test.concurrent(
  'with `on-cancel: hold` traffic stays where it is',
  inScene({ ...hurried, minute: 600 }, async ({ action, azure, write }) => {
    await write('endpoints/iris/rollout.yml', 'preset: standard\non-cancel: hold\n');
    serve(azure, { blue: 0, green: 0 });
    const { post } = await action(rollout, { cancel: abortedAfter(greenAt(azure, 5, 1_500)) });
    expect(post.maskedLog).toContain('traffic stays where it is');
    expect(splitOf(azure)).toEqual({ blue: 95, green: 5 });
  }),
);

test.concurrent(
  'a gate by hand: one job stops at 5 %, another goes on',
  inScene(hurried, async ({ action, azure }) => {
    serve(azure, { blue: 0, green: 0 });
    const first = await action({ ...rollout, until: '5' });
    expect([first.exitCode, first.outputs['status']]).toEqual([0, 'paused']);
    expect(splitOf(azure)).toEqual({ blue: 95, green: 5 });
    const second = await action(rollout);
    expect([second.exitCode, second.outputs['status']]).toEqual([0, 'succeeded']);
    expect(splitOf(azure)).toEqual({ green: 100 });
  }),
);

test.concurrent(
  'Ctrl-C on a terminal puts the traffic back before it ends',
  inScene({ ...hurried, minute: 600 }, async ({ commandLine, azure }) => {
    serve(azure, { blue: 0, green: 0 });
    const { exitCode, stderr } = await commandLine(['rollout', 'iris'], {
      interrupt: abortedAfter(greenAt(azure, 5, 1_500)),
    });
    expect(exitCode).toBe(130);
    expect(stderr).toContain('the rollout was interrupted; restoring its traffic');
    expect(splitOf(azure)).toEqual({ blue: 100 });
  }),
);
