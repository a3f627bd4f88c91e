import { afterEach, expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../../emulator/server.ts';
import { rolloutClock } from '../../../src/emulated-clock.ts';
import { fakeDeps } from '../../support/fake-deps.ts';
import { TARGET } from '../../unit/azure/workspace.ts';

let emulator: Emulator;

afterEach(() => emulator.close());

test('time runs as it does elsewhere unless told, and clients hear nothing of it', async () => {
  emulator = await startEmulator();
  expect(Object.keys(emulator.env)).not.toContain('EMULATED_MINUTE_MS');
});

test('the action and the emulator mean the same minute', async () => {
  const deps = fakeDeps();
  emulator = await startEmulator({ minute: 20, now: () => deps.clock.now() });
  const target = { ...TARGET, cloud: { ...TARGET.cloud, resourceManager: emulator.url } };
  const clock = rolloutClock({ ...deps, env: emulator.env }, target);
  const before = clock.now();
  await clock.sleep(600_000, deps.signal);
  // Ten minutes of 20 ms, and the little that really passed.
  expect(deps.clock.slept).toEqual([200]);
  expect(clock.now() - before).toBeGreaterThanOrEqual(600_000);
  emulator.traffic({ endpoint: 'iris', rpm: 1 });
  const [, origin] = emulator.env['EMULATED_MINUTE_MS']!.split('@').map(Number);
  expect(emulator.env['EMULATED_MINUTE_MS']).toBe(`20@${origin}`);
  expect(clock.now()).toBeGreaterThanOrEqual(origin! + 600_000);
});
