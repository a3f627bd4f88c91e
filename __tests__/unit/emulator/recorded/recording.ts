import { operationTime, pureEmulator } from '../pure-emulator.ts';
import type { Answer, PureEmulator } from '../pure-emulator.ts';

/** The api-version of the recordings of 2022. */
export const recordedVersion = '2022-02-01-preview';

export const endpointPath = '/onlineEndpoints/iris';

/** What the SDK of the recordings sends for an endpoint. */
export function sentEndpoint(changes: object = {}, properties: object = {}): object {
  return {
    tags: {},
    location: 'westeurope',
    identity: { type: 'SystemAssigned' },
    properties: { authMode: 'AMLToken', properties: {}, mirrorTraffic: {}, traffic: {}, ...properties },
    ...changes,
  };
}

/** Sends, and lets the operation end. */
export function finish(emulator: PureEmulator, method: string, path: string, body?: unknown): Answer {
  const answer = emulator.arm(method, path, body, recordedVersion);
  emulator.now += operationTime;
  return answer;
}

/** A recording's emulator: reads are true at once, as they are in all of them. */
export function recordingOf(seed = {}): PureEmulator {
  return pureEmulator(seed, { staleReads: 0 });
}

export function read(emulator: PureEmulator, path = endpointPath): Answer {
  return emulator.arm('GET', path, undefined, recordedVersion);
}

/** The status of the operation that an answer began. */
export function statusOf(emulator: PureEmulator, { headers }: Answer): Answer {
  const target = (headers['azure-asyncoperation'] ?? '').replace(emulator.state.url, '');
  return emulator.send('GET', target, { headers: { authorization: `Bearer ${emulator.token()}` } });
}

/** An endpoint on a Kubernetes compute, with its one deployment in full traffic. */
export const clusterSeed = {
  workspaces: [
    {
      name: 'ws-emulator',
      endpoints: [
        {
          name: 'iris',
          properties: { compute: '/subscriptions/s/computes/cluster', traffic: { blue: 100 } },
          deployments: [{ name: 'blue' }],
        },
      ],
    },
  ],
};
