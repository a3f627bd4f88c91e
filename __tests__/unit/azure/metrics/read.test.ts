import { describe, expect, test } from '@jest/globals';
import { type EvidenceRequest, readMinutes, recentLoad } from '../../../../src/azure/metrics/read.ts';
import { MINUTE } from '../../../../src/duration.ts';
import type { JsonObject } from '../../../../src/json.ts';
import { refusal } from '../routed.ts';
import { fakeWorkspace, type FakeWorkspace, response } from '../workspace.ts';

const NOON = Date.UTC(2021, 5, 20, 12);

const WANTED: EvidenceRequest = {
  endpoint: 'iris',
  sides: { canary: ['green'], base: ['blue'] },
  since: NOON - MINUTE,
  now: NOON + 6 * MINUTE,
  codes: ['408', '424', '429', '5xx'],
};

/** A series in the shape of recorded answers, from noon on. */
function series(
  dimensions: Readonly<Record<string, string>>,
  values: readonly (number | null | undefined)[],
): JsonObject {
  return {
    metadatavalues: Object.entries(dimensions).map(([name, value]) => ({
      name: { value: name, localizedValue: name },
      value,
    })),
    data: values.map((average, index) => ({
      timeStamp: new Date(NOON + index * MINUTE).toISOString().replace('.000', ''),
      ...(average === undefined ? {} : { average }),
    })),
  };
}

function metric(name: string, timeseries: readonly JsonObject[], errorCode = 'Success'): JsonObject {
  return {
    id: '…',
    type: 'Microsoft.Insights/metrics',
    name: { value: name, localizedValue: name },
    timeseries,
    errorCode,
  };
}

function answer(...value: readonly JsonObject[]): JsonObject {
  return { cost: 59, timespan: '…', interval: 'PT1M', value, namespace: '…', resourceregion: 'westeurope' };
}

/** Azure Monitor with these series of requests, by deployment, and of latency. */
function monitor(
  requests: Readonly<Record<string, readonly JsonObject[]>>,
  latency: readonly JsonObject[] = [metric('RequestLatency_P50', [])],
): { workspace: FakeWorkspace; queries: URLSearchParams[] } {
  const queries: URLSearchParams[] = [];
  const workspace: FakeWorkspace = {
    ...fakeWorkspace([]),
    within: (limits) => ({ ...workspace, limits }),
    send: async ({ path, expects }) => {
      const url = new URL(path, 'https://management.azure.com');
      expect(url.pathname).toBe('/workspace/onlineEndpoints/iris/providers/Microsoft.Insights/metrics');
      queries.push(url.searchParams);
      const [, deployment = ''] = /deployment eq '(\w+)'/.exec(url.searchParams.get('$filter') ?? '') ?? [];
      const body = deployment ? answer(metric('RequestsPerMinute', requests[deployment] ?? [])) : answer(...latency);
      expect(expects?.(body)).toBe(true);
      return response({ body });
    },
  };
  return { workspace, queries };
}

describe('what Azure Monitor is asked', () => {
  test('is every settled minute anew, one class of requests by deployment, all percentiles at once', async () => {
    const { workspace, queries } = monitor({});
    await readMinutes(workspace, WANTED);
    const common = {
      'api-version': '2018-01-01',
      aggregation: 'Average',
      interval: 'PT1M',
      timespan: '2021-06-20T12:00:00.000Z/2021-06-20T12:03:00.000Z',
      top: '100',
    };
    expect(queries.map((query) => Object.fromEntries(query))).toEqual([
      {
        ...common,
        metricnames: 'RequestLatency_P50,RequestLatency_P90,RequestLatency_P95,RequestLatency_P99',
        $filter: "deployment eq '*'",
      },
      { ...common, metricnames: 'RequestsPerMinute', $filter: "deployment eq 'green' and statusCode eq '*'" },
      { ...common, metricnames: 'RequestsPerMinute', $filter: "deployment eq 'blue' and statusCode eq '*'" },
    ]);
  });

  test('is written with %20, since a plus is not a space everywhere', async () => {
    const workspace = fakeWorkspace([{ body: answer(metric('RequestsPerMinute', [])) }]);
    await readMinutes(workspace, WANTED);
    expect(workspace.sent.filter((line) => line.includes('+'))).toEqual([]);
    expect(workspace.sent[1]).toContain('deployment%20eq%20%27green%27%20and%20statusCode');
  });

  test('is nothing before a minute has settled', async () => {
    const { workspace, queries } = monitor({});
    expect(await readMinutes(workspace, { ...WANTED, now: NOON + 3 * MINUTE + 59_000 })).toEqual([]);
    expect(queries).toEqual([]);
  });

  test('goes back a day at most', async () => {
    const { workspace, queries } = monitor({});
    await readMinutes(workspace, { ...WANTED, since: NOON - 72 * 60 * MINUTE });
    expect(queries[0]?.get('timespan')).toBe('2021-06-19T12:03:00.000Z/2021-06-20T12:03:00.000Z');
  });
});

describe('what Azure Monitor tells', () => {
  test('becomes minutes, with the names of dimensions in whatever case', async () => {
    const { workspace } = monitor(
      {
        green: [
          series({ deployment: 'green', statuscode: '200' }, [2750, 4020, 4290]),
          series({ deployment: 'green', statusCode: '424' }, [0, 30, 0]),
        ],
        blue: [series({ DEPLOYMENT: 'blue', STATUSCODE: '200' }, [100, 0, null])],
      },
      [
        metric('RequestLatency_P50', [
          series({ deployment: 'Green' }, [95, 66.33, 52.375]),
          series({ deployment: 'blue' }, [58.142857, 0, undefined]),
        ]),
        metric('requestlatency_p90', [series({ deployment: 'green' }, [40.1818, 41, 42])]),
      ],
    );
    expect(await readMinutes(workspace, WANTED)).toEqual([
      {
        time: NOON,
        canary: { requests: 2750, errors: 0, latency: { p50: 95, p90: 40.1818 } },
        base: { requests: 100, errors: 0, latency: { p50: 58.142857 } },
      },
      {
        time: NOON + MINUTE,
        canary: { requests: 4050, errors: 30, latency: { p50: 66.33, p90: 41 } },
        base: { requests: 0, errors: 0, latency: {} },
      },
      {
        time: NOON + 2 * MINUTE,
        canary: { requests: 4290, errors: 0, latency: { p50: 52.375, p90: 42 } },
        base: { requests: 0, errors: 0, latency: {} },
      },
    ]);
  });

  test.each([
    ['no series at all', []],
    ['a series of zeros', [series({ statuscode: '200' }, [0, 0, 0])]],
    ['a series without values', [series({ statuscode: '200' }, [undefined, null, undefined])]],
    ['a series without points', [{ metadatavalues: [] }]],
    ['a point without a time', [{ metadatavalues: [], data: [{ average: 5 }] }]],
  ])('is no evidence: %s', async (_, requests) => {
    const { workspace } = monitor({ green: requests, blue: [] });
    expect(await readMinutes(workspace, WANTED)).toEqual([]);
  });

  test('may be a failure within a success', async () => {
    const failing = { ...metric('RequestsPerMinute', [], 'Unavailable'), errorMessage: 'The backend is busy' };
    const workspace = fakeWorkspace([{ body: answer(failing) }]);
    await expect(readMinutes(workspace, WANTED)).rejects.toMatchObject({
      message: 'Azure Monitor could not read RequestsPerMinute: The backend is busy',
      details: { code: 'Unavailable', requestId: 'id-1' },
    });
  });

  test('names the role when it may not be read', async () => {
    const words =
      "The client 'x' with object id 'x' does not have authorization to perform action " +
      "'microsoft.insights/metrics/read' over scope '/subscriptions/1/onlineEndpoints/iris' or the scope is invalid.";
    const workspace = fakeWorkspace([refusal(403, 'AuthorizationFailed', words)]);
    await expect(readMinutes(workspace, WANTED)).rejects.toMatchObject({
      message: `the signed-in identity may not read the metrics of iris: ${words}`,
      details: {
        nextStep:
          'Grant it the role "Monitoring Reader" on /subscriptions/1/onlineEndpoints/iris, then wait a few minutes for ' +
          'it to take effect.',
      },
    });
  });
});

describe('the load of the last hour', () => {
  test('counts idle minutes, and every error that the policy names', async () => {
    const { workspace, queries } = monitor({
      blue: [
        series({ statuscode: '200' }, [570]),
        series({ statuscode: '424' }, [18]),
        series({ statuscode: '400' }, [6]),
      ],
      red: [series({ statuscode: '503' }, [6])],
    });
    const load = await recentLoad(workspace, 'iris', ['blue', 'red'], NOON + 10 * MINUTE, WANTED.codes);
    expect(load).toEqual({ requestsPerMinute: 10, errorRate: 0.04 });
    expect(queries[0]?.get('timespan')).toBe('2021-06-20T11:07:00.000Z/2021-06-20T12:07:00.000Z');
  });

  test('has no error rate without requests', async () => {
    const { workspace } = monitor({});
    expect(await recentLoad(workspace, 'iris', ['blue'], NOON, WANTED.codes)).toEqual({
      requestsPerMinute: 0,
      errorRate: undefined,
    });
  });
});
