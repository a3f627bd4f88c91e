import { expect, test } from '@jest/globals';
import { calledUrl } from '../../../src/azure/scoring-url.ts';
import { Failure } from '../../../src/failure.ts';

const MANAGED = 'https://iris.westeurope.inference.ml.azure.com';
const CLUSTER = 'http://10.0.0.7:8080/api/v1/endpoint/iris';

test.each([
  [`${MANAGED}/score`, undefined, `${MANAGED}/score`],
  [`${MANAGED}/score`, '/v1/models/half_plus_two:predict', `${MANAGED}/v1/models/half_plus_two:predict`],
  [`${MANAGED}/score`, '/predict?version=2&next=/score', `${MANAGED}/predict?version=2&next=/score`],
  [`${MANAGED}/score`, '/score/', `${MANAGED}/score/`],
  [`${MANAGED}/score`, '/', `${MANAGED}/`],
  [`${MANAGED}/score/`, '/predict', `${MANAGED}/predict`],
  [`${CLUSTER}/score`, '/v1/models/iris:predict', `${CLUSTER}/v1/models/iris:predict`],
  ['https://host/score/score', '/predict', 'https://host/score/predict'],
  ['https://host/not-a-scoring-url', undefined, 'https://host/not-a-scoring-url'],
])('%s with the path %s is %s', (scoringUrl, path, url) => {
  expect(calledUrl(scoringUrl, path)).toBe(url);
});

test.each([
  'https://host/',
  'https://host/api/v1/endpoint/iris',
  'https://host/underscore',
  'https://host/SCORE',
  'https://host/x?y=/score',
  'score',
])('%s has no place for a path', (scoringUrl) => {
  const failure = failureOf(() => calledUrl(scoringUrl, '/predict'));
  expect(failure.message).toBe(
    `the scoring URL ${scoringUrl} does not end in /score, so that no path can take its place`,
  );
  expect(failure.details.nextStep).toMatch(/^Leave `path` \(in a policy `smoke\.path`\) out/);
});

test.each(['@evil.example/x', '.evil.example/x', ':443@evil.example/', '/../rose/score', '/%2e%2e/rose/score', ''])(
  'whatever gets past the check of inputs, %j leads to no other host or endpoint',
  (path) => {
    const failure = failureOf(() => calledUrl('https://host/api/v1/endpoint/iris/score', path));
    expect(failure.message).toContain('would lead away from https://host/api/v1/endpoint/iris/');
  },
);

function failureOf(act: () => unknown): Failure {
  try {
    act();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('it was taken');
}
