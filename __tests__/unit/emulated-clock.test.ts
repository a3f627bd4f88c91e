import { describe, expect, test } from '@jest/globals';
import type { AzureTarget } from '../../src/config/config.ts';
import type { Clock } from '../../src/deps.ts';
import { rolloutClock } from '../../src/emulated-clock.ts';
import { fakeDeps } from '../support/fake-deps.ts';
import { TARGET } from './azure/workspace.ts';

const ORIGIN = Date.UTC(2026, 0, 1);

function at(resourceManager: string): AzureTarget {
  return { ...TARGET, cloud: { ...TARGET.cloud, resourceManager } };
}

function standing(now: number): Clock & { slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    random: () => 0.25,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
    },
  };
}

describe('the clock of a rollout', () => {
  test('is the real one without the variable', () => {
    const deps = fakeDeps();
    expect(rolloutClock(deps, TARGET)).toBe(deps.clock);
    expect(deps.report.lines).toEqual([]);
  });

  test('runs faster against an emulator, and agrees with it at its origin', async () => {
    const clock = standing(ORIGIN + 1_000);
    const deps = { ...fakeDeps({ env: { EMULATED_MINUTE_MS: `500@${ORIGIN}` } }), clock };
    const fast = rolloutClock(deps, at('https://127.0.0.1:4711'));
    await fast.sleep(60_000, deps.signal);
    await fast.sleep(100, deps.signal);
    expect([fast.now() - ORIGIN, clock.slept, fast.random()]).toEqual([120_000, [500, 1], 0.25]);
    expect(deps.report.texts()).toEqual(['EMULATED_MINUTE_MS: a minute of this rollout lasts 500 ms']);
  });

  test.each(['https://localhost:1', 'https://[::1]:1', 'https://127.0.0.1'])('may hurry against %s', (url) => {
    const deps = fakeDeps({ env: { EMULATED_MINUTE_MS: '1@1' } });
    expect(() => rolloutClock(deps, at(url))).not.toThrow();
  });

  test.each([
    'https://management.azure.com',
    'https://localhost.example.com',
    'https://127.0.0.1.example.com',
    'https://10.0.0.1',
  ])('is refused against %s', (url) => {
    const deps = fakeDeps({ env: { EMULATED_MINUTE_MS: '500@1' } });
    expect(() => rolloutClock(deps, at(url))).toThrow(
      `environment variable EMULATED_MINUTE_MS makes time run faster, and is only for an emulator on this machine, not for ${url}`,
    );
  });

  test.each(['500', '0@1', '-5@1', '500@', '@1', '1e3@1', '500@now'])('does not guess what %p means', (value) => {
    const deps = fakeDeps({ env: { EMULATED_MINUTE_MS: value } });
    expect(() => rolloutClock(deps, at('https://127.0.0.1:1'))).toThrow(
      'must be as the emulator writes it into its file',
    );
  });
});
