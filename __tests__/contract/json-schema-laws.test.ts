import { describe, expect, test } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { deploymentJsonSchema, endpointJsonSchema, rolloutJsonSchema } from '../../scripts/json-schema.ts';
import type { Fault } from '../../src/failure.ts';
import { POLICY_KEYS } from '../../src/rollout/policy/keys.ts';
import { readPolicy } from '../../src/rollout/policy/read.ts';
import { readDeployment } from '../../src/spec/deployment/read.ts';
import { DEPLOYMENT_KEYS } from '../../src/spec/deployment/schema.ts';
import { readEndpoint } from '../../src/spec/endpoint.ts';
import { ENDPOINT_KEYS, type Keys, type Shape } from '../../src/spec/schema.ts';
import { anyThreeEndpoints } from '../property/yaml.ts';
import { anyTwoDeployments, LOCAL_FILES } from '../support/deployment-yaml.ts';
import { fakeDeps } from '../support/fake-deps.ts';
import { withSlips } from '../support/mutated.ts';

/**
 * An editor that marks what a run takes sends people to look for a fault that is not there. So a schema never refuses what
 * the checks take; that it takes more is in its nature.
 *
 * What it refuses all the same, each with its reason, and how to write it so that the schema takes it too.
 */
const DIFFERENCES: readonly { readonly why: string; readonly otherwise: (text: string) => string }[] = [
  {
    why: 'the checks look past blanks around a word of a choice, as Azure writes "SystemAssigned, UserAssigned"',
    otherwise: (text) => text.trim().replaceAll(/,\s+/g, ','),
  },
];

function rewritten(value: unknown): unknown {
  if (typeof value === 'string') return DIFFERENCES.reduce((text, { otherwise }) => otherwise(text), value);
  if (Array.isArray(value)) return value.map(rewritten);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rewritten(inner)]));
}

const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false });
const env = { WORD: 'blue', NUMBER: '7', YES: 'true' };

/** All keys of a table, with those of the maps in it. */
function namesIn(keys: Keys): string[] {
  const below = (shape: Shape): string[] => {
    if (shape.type === 'object') return namesIn(shape.keys);
    if (shape.type === 'record' || shape.type === 'list') return below(shape.of);
    return shape.type === 'text-or-object' ? [...below(shape.text), ...below(shape.object)] : [];
  };
  return Object.entries(keys).flatMap(([name, key]) => [name, ...below(key)]);
}

const duration = fc.constantFrom('1m', '90s', '10m', '24h');
const some = (keys: Record<string, fc.Arbitrary<unknown>>, required: string[] = []): fc.Arbitrary<object> =>
  fc.record(keys, { requiredKeys: required as never[], noNullPrototype: true });

const anyPolicy = some({
  preset: fc.constantFrom('fast', 'Standard', 'careful', 'blue-green', 'BlueGreen'),
  steps: fc.constantFrom([], [5], [1, 50], [10, 20, 100]),
  bake: duration,
  'max-bake': fc.constant('24h'),
  'final-bake': duration,
  holdback: fc.constantFrom(0, 5),
  mirror: some({ percent: fc.constantFrom(1, 50), bake: duration }, ['percent']),
  smoke: some(
    {
      request: fc.constant('a.json'),
      count: fc.constantFrom(1, 100),
      'warm-up': fc.constantFrom(0, 100),
      'expect-status': fc.constantFrom(200, 404),
      'max-ms': fc.constantFrom(1, 300_000),
      expect: fc.constantFrom({}, { '/a': 1, '/b/0': null, '/c': 'x', '/d': true }),
      compare: some({ tolerance: fc.constantFrom(0, 1e-6, 1), 'max-diff': fc.constantFrom('0%', '10%', '100%') }),
    },
    ['request'],
  ),
  errors: fc.oneof(
    fc.constant('off'),
    some({
      'worse-than': fc.constantFrom('1.5x', '2x'),
      'max-rate': fc.constantFrom('5%', '0.5%'),
      'min-requests': fc.constantFrom(1, 1_000_000),
      codes: fc.constantFrom<unknown[]>([], [408, '5xx'], ['429']),
    }),
  ),
  latency: fc.oneof(
    fc.constant('off'),
    some({
      metric: fc.constantFrom('p50', 'P99'),
      'worse-than': fc.constantFrom('1.3x', '3x'),
      'max-ms': fc.constantFrom(1, 300_000),
    }),
  ),
  'on-no-data': fc.constantFrom('pause', 'promote', 'Rollback'),
  'on-failure': fc.constantFrom('rollback', 'hold'),
  'on-cancel': fc.constantFrom('rollback', 'hold'),
});

const { files } = fakeDeps({ files: LOCAL_FILES });

interface Kind {
  readonly schema: object;
  readonly content: fc.Arbitrary<object>;
  readonly check: (text: string) => readonly Fault[] | Promise<readonly Fault[]>;
}

const kinds: Readonly<Record<string, Kind>> = {
  endpoints: {
    schema: endpointJsonSchema(),
    content: withSlips(
      anyThreeEndpoints.chain((three) => fc.constantFrom(...three)),
      namesIn(ENDPOINT_KEYS),
    ),
    check: (text) => readEndpoint(text, 'iris.yml', { env }).faults,
  },
  deployments: {
    schema: deploymentJsonSchema(),
    content: withSlips(
      anyTwoDeployments.map(([first]) => first),
      namesIn(DEPLOYMENT_KEYS),
    ),
    check: async (text) => (await readDeployment(text, 'blue.yml', { files, endpoints: ['iris'], env })).faults,
  },
  policies: {
    schema: rolloutJsonSchema(),
    content: withSlips(anyPolicy, namesIn(POLICY_KEYS)),
    check: (text) => readPolicy(text, 'rollout.yml', env).faults,
  },
};

describe.each(Object.entries(kinds))('the schema of %s', (_, { schema, content, check }) => {
  const accepts: ValidateFunction = ajv.compile(schema);

  test('refuses nothing that the checks take', async () => {
    const seen = { 'both take': 0, 'both refuse': 0, 'only the checks refuse': 0 };
    await fc.assert(
      fc.asyncProperty(content, async (written) => {
        const text = stringify(written, { lineWidth: 0 });
        const isTaken = (await check(text)).length === 0;
        const isAccepted = accepts(parse(text));
        const said = ajv.errorsText(accepts.errors);
        if (isTaken && !isAccepted && !accepts(rewritten(parse(text)))) {
          throw new Error(`${text}\nis taken, and the schema says: ${said}`);
        }
        if (isAccepted) seen[isTaken ? 'both take' : 'only the checks refuse'] += 1;
        else seen['both refuse'] += 1;
      }),
      { numRuns: 250 },
    );
    // Enough of each, or the law says nothing.
    expect(seen['both take']).toBeGreaterThan(25);
    expect(seen['both refuse']).toBeGreaterThan(25);
  });
});
