import { describe, expect, test } from '@jest/globals';
import type { EndpointResult } from '../../../src/report/outcome.ts';
import { failedOutputs, outputsOf } from '../../../src/report/outputs.ts';

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
    expect(outputsOf({ endpoints: [iris] })).toEqual({
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
    const outputs = outputsOf({ endpoints: [iris, churn] });
    expect(Object.keys(outputs).sort()).toEqual(['changed', 'endpoints', 'status']);
    expect(Object.keys(JSON.parse(outputs.endpoints!) as object)).toEqual(['iris', 'churn']);
  });

  test.each([
    [[churn], [], 'unchanged'],
    [[churn, iris], [], 'succeeded'],
    [[], [], 'succeeded'],
    [[iris], [new Error('churn failed')], 'failed'],
  ])('sums %# up', (endpoints, failures, status) => {
    expect(outputsOf({ endpoints, failures }).status).toBe(status);
  });

  test('takes what an operation adds', () => {
    expect(outputsOf({ endpoints: [iris], outputs: { token: 'secret', changed: 'false' } })).toMatchObject({
      token: 'secret',
      changed: 'false',
    });
  });
});

test('an operation that could not go on says why', () => {
  expect(failedOutputs('no such endpoint')).toEqual({
    endpoints: '{}',
    status: 'failed',
    'failure-reason': 'no such endpoint',
  });
});
