import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import type { Match } from '../../emulator/faults.ts';
import { readState } from '../../src/rollout/state/tags.ts';
import { abortedAfter, greenAt, IRIS_ON_BLUE, serve, splitOf } from '../support/live-traffic.ts';
import { inScene } from '../support/scene.ts';

const rollout = { operation: 'rollout', endpoint: 'iris' };
const policy = 'endpoints/iris/rollout.yml';
const files = { 'endpoints/iris.yml': 'name: iris\ntraffic: {green: 100}\n', [policy]: 'preset: standard\n' };
/** A minute lasts so long that green stays at 5 % for the whole of a test. */
const slow = { files, seed: IRIS_ON_BLUE, operationTime: 50, minute: 1_000, staleReads: 0 };
/** Of a minute: a lease of step 1 holds for 29 of them, in which another process has to start. */
const LONG_LEASE = 400;
const BACK = { blue: 100 };
const AT_FIVE = { blue: 95, green: 5 };

test.concurrent.each<[string, number, Match]>([
  ['the metrics', 5, { method: 'GET', path: '/providers/Microsoft.Insights/metrics' }],
  ['the deployments', 5, { method: 'GET', path: '/onlineEndpoints/iris/deployments?' }],
  ['the endpoint', 5, { method: 'GET', path: '/onlineEndpoints/iris?' }],
  ['a write of traffic', 25, { method: 'PUT', path: '/onlineEndpoints/iris?' }],
])(
  'cancelled while Azure does not answer a request of %s, it ends in time, and its post step puts traffic back',
  (_, percent, match) =>
    inScene({ ...slow, minute: percent === 5 ? 1_000 : 150 }, async ({ action, azure }) => {
      serve(azure, { blue: 0, green: 0 });
      const hung = greenAt(azure, 5).then(async () => {
        azure.fault({ match, times: 1, then: { hang: true } });
        await sleep(percent === 5 ? 2_000 : 16 * 150);
      });
      const { exitCode, cancelMs, annotations, post } = await action(rollout, { cancel: abortedAfter(hung) });
      expect(exitCode).toBe(130);
      // The runner would send SIGTERM after 7.5 s and kill after 10.
      expect(cancelMs).toBeLessThan(2_000);
      expect(annotations.filter(({ type }) => type === 'error')).toHaveLength(1);
      expect(post.exitCode).toBe(0);
      expect(splitOf(azure)).toEqual(BACK);
    })(),
);

test.concurrent.each([
  ['its first', { changed: false }],
  ['the first after a pause', { changed: true }],
])('cancelled while Azure works on %s write, it is put back once that has landed', (_, { changed }) =>
  inScene({ ...slow, minute: 150 }, async ({ action, azure, write }) => {
    serve(azure, { blue: 0, green: 0 });
    const puts = () => azure.requests().filter(({ method }) => method === 'PUT').length;
    if (changed) {
      await action({ ...rollout, until: '5' });
      expect(splitOf(azure)).toEqual(AT_FIVE);
      await write(policy, 'preset: standard\nsteps: [20, 50]\n');
    }
    const before = puts();
    const match: Match = { method: 'PUT', path: '/onlineEndpoints/iris?' };
    azure.fault({ match, times: 1, then: { operation: { takes: 4_000 } } });
    const isSent = async (): Promise<void> => {
      while (puts() === before) await sleep(20);
      await sleep(200);
    };
    const { exitCode, cancelMs, post } = await action(rollout, { cancel: abortedAfter(isSent()) });
    expect(exitCode).toBe(130);
    expect(cancelMs).toBeLessThan(2_000);
    expect(post.exitCode).toBe(0);
    await sleep(4_000);
    const recorded = readState(azure.state().endpoints[0]!.tags);
    expect(recorded).toMatchObject({ kind: 'state', state: { status: 'rolled-back', lease: 0 } });
    expect(splitOf(azure)).toEqual(BACK);
  })(),
);

test.concurrent(
  'a machine that is lost leaves a split that `show` finds once its lease has run out, and repairs when told to',
  inScene({ ...slow, minute: LONG_LEASE }, async ({ action, untilLost, azure }) => {
    serve(azure, { blue: 0, green: 0 });
    const lost = await untilLost(rollout, abortedAfter(greenAt(azure, 5)));
    expect(lost.exitCode).toBe(128 + 9);
    expect(splitOf(azure)).toEqual(AT_FIVE);
    const repair = { operation: 'show', endpoint: 'iris', repair: 'rollback' };
    const tooEarly = await action(repair);
    expect(tooEarly.maskedLog).toContain('run at 5 % from blue=100 to green=100');
    expect(splitOf(azure)).toEqual(AT_FIVE);
    await sleep(30 * LONG_LEASE);
    const found = await action({ operation: 'show', endpoint: 'iris' });
    expect(found.annotations).toContainEqual(
      expect.objectContaining({
        type: 'warning',
        message: expect.stringMatching(/its rollout was abandoned: /),
      }),
    );
    expect(splitOf(azure)).toEqual(AT_FIVE);
    const repaired = await action(repair);
    expect(repaired.exitCode).toBe(0);
    expect(repaired.annotations).toContainEqual(
      expect.objectContaining({
        type: 'warning',
        message: expect.stringMatching(/stopped in the middle of its rollout.*blue=100 is live/),
      }),
    );
    expect(splitOf(azure)).toEqual(BACK);
    expect(azure.state().endpoints[0]?.tags['team']).toBe('flowers');
    const again = await action(repair);
    expect([again.exitCode, again.annotations]).toEqual([0, []]);
  }),
);

test.concurrent(
  'a machine that is lost: the next run goes on where it stood',
  inScene({ ...slow, minute: LONG_LEASE }, async ({ action, untilLost, azure }) => {
    serve(azure, { blue: 0, green: 0 });
    await untilLost(rollout, abortedAfter(greenAt(azure, 5)));
    const refused = await action(rollout);
    expect([refused.exitCode, refused.outputs['status']]).toEqual([1, 'superseded']);
    await sleep(30 * LONG_LEASE);
    const { exitCode, maskedLog } = await action(rollout);
    expect({ exitCode, split: splitOf(azure) }).toEqual({ exitCode: 0, split: { green: 100 } });
    expect(maskedLog).toContain('iris: resuming at 5 %');
  }),
);

test.concurrent(
  'a second run beside it names the first with a link, and leaves it to its end',
  inScene({ ...slow, minute: 150 }, async ({ action, azure }) => {
    serve(azure, { blue: 0, green: 0 });
    const env = { ...azure.env, GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'o/r' };
    const first = action(rollout, { env: { ...env, GITHUB_RUN_ID: '17' } });
    await greenAt(azure, 5);
    const second = await action(rollout, { env: { ...env, GITHUB_RUN_ID: '18' } });
    expect([second.exitCode, second.outputs['status']]).toEqual([1, 'superseded']);
    expect(second.outputs['failure-reason']).toContain('https://github.com/o/r/actions/runs/17');
    const { exitCode, outputs } = await first;
    expect([exitCode, outputs['status'], splitOf(azure)]).toEqual([0, 'succeeded', { green: 100 }]);
  }),
);

test.concurrent(
  'a second Ctrl-C ends at once, and prints what puts the traffic back',
  inScene(slow, async ({ commandLine, azure }) => {
    serve(azure, { blue: 0, green: 0 });
    const first = greenAt(azure, 5, 200);
    // So that putting it back takes longer than a person has patience.
    const stuck = first.then(() =>
      azure.fault({ match: { method: 'PUT', path: '/onlineEndpoints/iris?' }, then: { hang: true } }),
    );
    const second = stuck.then(() => sleep(1_500));
    const { exitCode, stderr, interruptedMs } = await commandLine(['rollout', 'iris'], {
      ...{ interrupt: abortedAfter(stuck), again: abortedAfter(second) },
    });
    expect(exitCode).toBe(130);
    expect(interruptedMs).toBeLessThan(1_000);
    expect(stderr).toContain('interrupted: rollout of endpoint iris');
    expect(stderr).toContain('`rollback --endpoint iris` restores its traffic');
    expect(splitOf(azure)).toEqual(AT_FIVE);
  }),
);
