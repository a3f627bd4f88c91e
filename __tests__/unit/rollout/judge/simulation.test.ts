import { describe, expect, test } from '@jest/globals';
import { keepsBar, rollOut } from '../../../../scripts/simulate/rollouts.ts';
import { SCENARIOS } from '../../../../scripts/simulate/scenarios.ts';

/** A part of the rollouts of `npm run simulate`, the same ones each time. */
const RUNS = 50;

describe('the judge over traffic', () => {
  test.each(
    SCENARIOS.filter(({ bar }) => bar).map((scenario) => [scenario.perMinute, scenario.name, scenario] as const),
  )('keeps its bar at %i requests a minute: %s', (_perMinute, _name, scenario) => {
    expect(keepsBar(rollOut(scenario, RUNS), scenario.bar!)).toBe(true);
  });

  test('does better than a threshold, which rolls healthy canaries back', () => {
    const { naive } = rollOut(SCENARIOS[0]!, RUNS);
    expect(naive).toBeGreaterThan(0.3);
  });

  test('finds errors about when the plan says', () => {
    const jumps = SCENARIOS.filter(({ name, minutes }) => name.startsWith('errors from') && minutes === 30);
    const told = jumps.map((scenario) => ({ foreseen: scenario.foreseen!, ninth: rollOut(scenario, RUNS).ninth }));
    expect(told).toHaveLength(5);
    for (const { foreseen, ninth } of told) {
      // What is not found while it is looked is not said to be either.
      if (ninth === Infinity) expect(foreseen).toBeGreaterThan(30);
      else expect(Math.abs(foreseen - ninth)).toBeLessThanOrEqual(1 + 0.25 * ninth);
    }
  });

  test('is the same each time', () => {
    expect(rollOut(SCENARIOS.at(-1)!, 20)).toEqual(rollOut(SCENARIOS.at(-1)!, 20));
  });
});
