import { describe, expect, test } from '@jest/globals';
import type { EndpointResult } from '../../../src/report/outcome.ts';
import { failedOutputs, onlyNamed, outputsOf } from '../../../src/report/outputs.ts';

const iris: EndpointResult = {
  name: 'iris',
  status: 'succeeded',
  changed: true,
  scoringUrl: 'https://iris.westeurope.inference.ml.azure.com/score',
  swaggerUrl: 'https://iris.westeurope.inference.ml.azure.com/swagger.json',
  provisioningState: 'Succeeded',
  principalId: 'b3f9',
  traffic: { blue: 90, green: 10 },
};
const churn: EndpointResult = { name: 'churn', status: 'unchanged', changed: false };

describe('outputsOf', () => {
  test('sets the values of an endpoint when there was just one', () => {
    expect(outputsOf({ endpoints: [iris] }, 'iris')).toEqual({
      'scoring-url': iris.scoringUrl,
      'swagger-url': iris.swaggerUrl,
      'provisioning-state': 'Succeeded',
      'principal-id': 'b3f9',
      traffic: '{"blue":90,"green":10}',
      changed: 'true',
      status: 'succeeded',
      endpoints: JSON.stringify({
        iris: {
          scoringUrl: iris.scoringUrl,
          provisioningState: 'Succeeded',
          traffic: { blue: 90, green: 10 },
          changed: true,
          status: 'succeeded',
        },
      }),
    });
  });

  test('sets only the map of all when there were several', () => {
    const outputs = outputsOf({ endpoints: [iris, churn] }, undefined);
    expect(Object.keys(outputs).sort()).toEqual(['changed', 'endpoints', 'status']);
    expect(Object.keys(JSON.parse(outputs.endpoints!) as object)).toEqual(['iris', 'churn']);
  });

  test.each([
    [[churn], [], 'unchanged'],
    [[churn, iris], [], 'succeeded'],
    [[], [], 'succeeded'],
    [[iris], [new Error('churn failed')], 'failed'],
  ])('sums %# up', (endpoints, failures, status) => {
    expect(outputsOf({ endpoints, failures }, undefined).status).toBe(status);
  });

  test.each([
    [[churn, { name: 'rose', status: 'failed' }], undefined],
    [[iris, { name: 'rose', status: 'failed' }], 'true'],
    [[churn], 'false'],
  ] as const)('claims no more of changes than is known: %#', (endpoints, changed) => {
    const outputs = outputsOf({ endpoints }, undefined);
    expect(outputs.changed).toBe(changed);
    expect(JSON.parse(outputs.endpoints!)).not.toHaveProperty('rose.changed');
  });

  test('takes what an operation adds', () => {
    expect(outputsOf({ endpoints: [iris], outputs: { token: 'secret', changed: 'false' } }, 'iris')).toMatchObject({
      token: 'secret',
      changed: 'false',
    });
  });
});

test('sets no values of the one endpoint that a glob happens to match', () => {
  expect(Object.keys(outputsOf({ endpoints: [iris] }, onlyNamed('*'))).sort()).toEqual([
    'changed',
    'endpoints',
    'status',
  ]);
});

test.each([
  [' Iris ', 'iris'],
  ['*', undefined],
  ['iris,churn', undefined],
  ['', undefined],
])('%j names %j', (input, name) => {
  expect(onlyNamed(input)).toBe(name);
});

test.each([
  ['iris', true, '{"iris":{"changed":false,"status":"failed"}}', 'false'],
  ['iris', false, '{"iris":{"status":"failed"}}', undefined],
  [undefined, true, '{}', 'false'],
])('an operation that could not go on says why and what it touched: %j %j', (named, untouched, endpoints, changed) => {
  expect(failedOutputs('no such endpoint', named, untouched)).toEqual({
    endpoints,
    ...(changed ? { changed } : {}),
    status: 'failed',
    'failure-reason': 'no such endpoint',
  });
});
