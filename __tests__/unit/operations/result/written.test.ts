// Evaluated before the ARM client asks for a part of it as CommonJS: jest cannot do that in the midst of linking.
import '@azure/core-rest-pipeline';
import { expect, test } from '@jest/globals';
import type { Applied } from '../../../../src/operations/result/written.ts';
import { fakeDeps } from '../../../support/fake-deps.ts';

const { writtenOutcome } = await import('../../../../src/operations/result/written.ts');

const NOTHING = { live: [], plans: [], changed: false, failed: [], failures: [] };

function applied(name: string, more: Partial<Applied> = {}): Applied {
  return { live: { name }, changed: false, plan: { name, action: 'none', changes: [], body: {} }, ...more };
}

test('the report of a rollout is an output only where one ran alone', () => {
  const [iris, rose] = ['iris', 'rose'].map((name) => applied(name, { report: `${name}.json` }));
  const reportOf = (all: readonly Applied[]) => writtenOutcome(all, [], fakeDeps()).outputs?.report;
  expect(reportOf([applied('churn'), iris!])).toBe('iris.json');
  expect(reportOf([iris!, rose!])).toBeUndefined();
});

test('what failed is called unchanged only where nothing was begun', () => {
  const deps = fakeDeps();
  deps.journal.begin({ endpoint: 'iris', what: 'create of deployment red of endpoint iris' });
  const deployed = { ...NOTHING, failures: [new Error('time is up')] };
  const all = [
    applied('iris', { deployed }),
    applied('rose', { deployed }),
    applied('churn', { deployed, changed: true }),
  ];
  const changed = writtenOutcome(all, [], deps).endpoints.map((each) => each.changed);
  expect(changed).toEqual([undefined, false, true]);
});
