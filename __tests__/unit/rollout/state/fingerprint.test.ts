import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../../src/json.ts';
import {
  endpointFingerprint,
  policyFingerprint,
  targetFingerprint,
} from '../../../../src/rollout/state/fingerprint.ts';
import { presetPolicy } from '../../../../src/rollout/policy/presets.ts';
import { readPolicy } from '../../../../src/rollout/policy/read.ts';

const live: JsonObject = {
  name: 'iris',
  tags: { owner: 'ml', 'aml-rollout-base': 'blue=100' },
  identity: {
    type: 'SystemAssigned,UserAssigned',
    principalId: '1',
    userAssignedIdentities: { '/subscriptions/S/a': { clientId: '2' }, '/subscriptions/s/b': {} },
  },
  properties: {
    authMode: 'Key',
    publicNetworkAccess: 'Enabled',
    description: 'irises',
    traffic: { blue: 90, green: 10 },
    mirrorTraffic: { red: 5 },
    properties: { a: '1' },
    provisioningState: 'Succeeded',
    scoringUri: 'https://x',
  },
};

function changed(properties: JsonObject, rest: JsonObject = {}): JsonObject {
  return { ...live, ...rest, properties: { ...(live['properties'] as JsonObject), ...properties } };
}

describe('of a live endpoint', () => {
  test.each<[string, JsonObject]>([
    ['traffic', changed({ traffic: { blue: 80, green: 20 } })],
    ['the mirror', changed({ mirrorTraffic: {} })],
    ['authentication', changed({ authMode: 'AMLToken' })],
    ['the network', changed({ publicNetworkAccess: 'Disabled' })],
    ['the description', changed({ description: '' })],
    ['a property', changed({ properties: { a: '2' } })],
    ['a tag', changed({}, { tags: { owner: 'Ml', 'aml-rollout-base': 'blue=100' } })],
    ['state of a rollout', changed({}, { tags: { owner: 'ml' } })],
    ['the identity', changed({}, { identity: { type: 'SystemAssigned' } })],
    [
      'an assigned identity',
      changed(
        {},
        { identity: { ...(live['identity'] as JsonObject), userAssignedIdentities: { '/subscriptions/s/b': {} } } },
      ),
    ],
  ])('%s tells', (_, other) => {
    expect(endpointFingerprint(other)).not.toBe(endpointFingerprint(live));
  });

  test.each<[string, JsonObject]>([
    [
      'what only Azure sets',
      changed({ provisioningState: 'Updating', scoringUri: '' }, { systemData: { lastModifiedAt: 'now' } }),
    ],
    ['weights of zero, case and order', changed({ traffic: { GREEN: 10, red: 0, Blue: 90 } })],
    [
      'the case of what Azure compares without case',
      changed({ authMode: 'key' }, { tags: { 'AML-Rollout-Base': 'blue=100', Owner: 'ml' } }),
    ],
    [
      'how an identity is spelled',
      changed(
        {},
        {
          identity: {
            type: 'systemassigned, userassigned',
            userAssignedIdentities: { '/subscriptions/s/B': {}, '/subscriptions/s/a': {} },
          },
        },
      ),
    ],
  ])('%s does not', (_, same) => {
    expect(endpointFingerprint(same)).toBe(endpointFingerprint(live));
  });

  test('is there for whatever Azure answers', () => {
    expect(endpointFingerprint({})).toMatch(/^[0-9a-f]{64}$/);
  });
});

test('of a split: ten digits, whatever the spelling', () => {
  expect(targetFingerprint({ Green: 10, blue: 90, red: 0 })).toBe(targetFingerprint({ blue: 90, green: 10 }));
  expect(targetFingerprint({ blue: 90, green: 10 })).toMatch(/^[0-9a-f]{10}$/);
  expect(targetFingerprint({ blue: 10, green: 90 })).not.toBe(targetFingerprint({ blue: 90, green: 10 }));
});

test('of a policy: six digits for what it does, wherever it was read', () => {
  const fast = policyFingerprint(presetPolicy('fast'));
  const { policy } = readPolicy('# fast\npreset: fast', 'rollout.yml', {});
  expect(fast).toMatch(/^[0-9a-f]{6}$/);
  expect(policyFingerprint(policy!)).toBe(fast);
  expect(policyFingerprint({ ...policy!, holdback: 5 })).not.toBe(fast);
});
