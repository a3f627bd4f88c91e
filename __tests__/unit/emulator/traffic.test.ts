import { describe, expect, test } from '@jest/globals';
import { faultOfTraffic, parseWeights } from '../../../emulator/arm/traffic.ts';
import { endpointBody, irisSeed, pureEmulator } from './pure-emulator.ts';

const deployments = [{ name: 'blue' }, { name: 'green' }];

test.each([
  [{}, {}],
  [{ blue: 0 }, {}],
  [{ blue: 100 }, {}],
  [{ blue: 90, green: 10 }, {}],
  [{ BLUE: 100 }, {}],
  [{ blue: 100 }, { green: 50 }],
  [{ blue: 100, green: 0 }, { green: 10 }],
])('a split of %j with %j mirrored is taken', (traffic, mirror) => {
  expect(faultOfTraffic(traffic, mirror, deployments, true)).toBeUndefined();
});

test.each([
  ['a sum of 99', { blue: 99 }, {}, true, 'sum to 0 or 100'],
  ['a sum of 101', { blue: 99, green: 2 }, {}, true, 'sum to 0 or 100'],
  ['an unknown deployment', { red: 100 }, {}, true, "'red', which does not exist"],
  ['an unknown mirror', { blue: 100 }, { red: 10 }, true, "'red', which does not exist"],
  ['two mirrors', {}, { blue: 10, green: 10 }, true, 'one deployment only'],
  ['more than half mirrored', { blue: 100 }, { green: 51 }, true, 'At most 50 percent'],
  ['a mirror that is live', { blue: 90, green: 10 }, { Green: 10 }, true, 'at the same time'],
  ['a mirror on Kubernetes', { blue: 100 }, { green: 10 }, false, 'managed online endpoints only'],
])('%s is refused', (_, traffic, mirror, managed, words) => {
  expect(faultOfTraffic(traffic, mirror, deployments, managed)).toContain(words);
});

test.each([[{ blue: '100' }], [{ blue: 33.3 }], [{ blue: -1 }], [{ blue: 101 }], ['blue'], [[100]]])(
  'weights of %j are refused',
  (value) => {
    expect(() => parseWeights(value, 'traffic')).toThrow(/^traffic/);
  },
);

describe('a PUT', () => {
  test('moves the traffic', () => {
    const emulator = pureEmulator(irisSeed);
    const properties = { authMode: 'Key', traffic: { blue: 90, green: 10 } };
    emulator.settle('PUT', '/onlineEndpoints/iris', { ...endpointBody, properties });
    expect(emulator.arm('GET', '/onlineEndpoints/iris').body.properties.traffic).toEqual({ blue: 90, green: 10 });
  });

  test('with a faulty split is refused and changes nothing', () => {
    const emulator = pureEmulator(irisSeed);
    const properties = { authMode: 'Key', traffic: { blue: 90 } };
    const { status, body } = emulator.arm('PUT', '/onlineEndpoints/iris', { ...endpointBody, properties });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 'BadRequest', details: [{ code: 'UserError' }] });
    expect(emulator.state.operations).toEqual([]);
  });

  test('that creates an endpoint cannot name deployments yet', () => {
    const properties = { authMode: 'Key', traffic: { blue: 100 } };
    expect(pureEmulator().arm('PUT', '/onlineEndpoints/iris', { ...endpointBody, properties }).status).toBe(400);
  });
});
