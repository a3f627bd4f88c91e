import { describe, expect, test } from '@jest/globals';
import { addTraffic } from '../../../emulator/control.ts';
import { parseOrders, type TrafficOrder } from '../../../emulator/traffic/order.ts';
import { irisSeed, type PureEmulator, pureEmulator, operationTime, endpointBody } from './pure-emulator.ts';

const MINUTE = 60_000;
const PATH = '/onlineEndpoints/iris/providers/Microsoft.Insights/metrics';

function loaded(order: Partial<TrafficOrder> = {}): PureEmulator {
  const emulator = pureEmulator(irisSeed);
  addTraffic(emulator.state, parseOrders({ endpoint: 'iris', rpm: 100, ...order }), emulator.now);
  return emulator;
}

interface Asked {
  readonly metric?: string;
  readonly filter?: string;
  readonly from?: number;
  readonly to?: number;
  readonly extra?: string;
}

/** `from` and `to` in minutes from now. */
function ask(
  emulator: PureEmulator,
  { metric = 'RequestsPerMinute', filter = '', from = -10, to = 0, extra = '' }: Asked,
) {
  const stamp = (minutes: number): string => new Date(emulator.now + minutes * MINUTE).toISOString();
  const query =
    `metricnames=${metric}&aggregation=Average&interval=PT1M&timespan=${stamp(from)}/${stamp(to)}` +
    `${filter && `&$filter=${encodeURIComponent(filter)}`}${extra}`;
  return emulator.arm('GET', `${PATH}?${query}`, undefined, '2018-01-01');
}

interface Timeseries {
  readonly metadatavalues: readonly { readonly name: { readonly value: string }; readonly value: string }[];
  readonly data: readonly { readonly average: number }[];
}

/** Values by the dimensions of their series. */
function seriesIn({ body }: ReturnType<typeof ask>, index = 0): Record<string, number[]> {
  const timeseries: readonly Timeseries[] = body.value[index].timeseries;
  return Object.fromEntries(
    timeseries.map((series) => [
      series.metadatavalues.map(({ name, value }) => `${name.value}=${value}`).join(' '),
      series.data.map(({ average }) => average),
    ]),
  );
}

describe('the metrics of an endpoint', () => {
  test('have the shape of recorded answers', () => {
    const emulator = loaded();
    emulator.now += 10 * MINUTE;
    const { status, body } = ask(emulator, { filter: "Deployment eq 'blue' and statusCode eq '*'", from: -5, to: -3 });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      timespan: '2026-01-01T00:05:00Z/2026-01-01T00:07:00Z',
      interval: 'PT1M',
      namespace: 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints',
      resourceregion: 'westeurope',
    });
    expect(body.value).toEqual([
      {
        id: expect.stringMatching(/onlineEndpoints\/iris\/providers\/Microsoft\.Insights\/metrics\/RequestsPerMinute$/),
        type: 'Microsoft.Insights/metrics',
        name: { value: 'RequestsPerMinute', localizedValue: 'RequestsPerMinute' },
        displayDescription: 'RequestsPerMinute',
        unit: 'Count',
        errorCode: 'Success',
        timeseries: [
          {
            metadatavalues: [
              { name: { value: 'deployment', localizedValue: 'deployment' }, value: 'blue' },
              { name: { value: 'statuscode', localizedValue: 'statuscode' }, value: '200' },
            ],
            data: [
              { timeStamp: '2026-01-01T00:05:00Z', average: 100 },
              { timeStamp: '2026-01-01T00:06:00Z', average: 100 },
            ],
          },
        ],
      },
    ]);
  });

  test('are there one part after another, and zero before', () => {
    const emulator = loaded({ lag: 2 });
    emulator.now += 5 * MINUTE;
    const seen = seriesIn(ask(emulator, { filter: "deployment eq '*'", from: -5, to: 1 }));
    expect(seen['deployment=blue']).toEqual([100, 100, 100, 50, 0]);
    emulator.now += 3 * MINUTE;
    expect(seriesIn(ask(emulator, { filter: "deployment eq '*'", from: -8, to: -3 }))).toEqual({
      'deployment=blue': [100, 100, 100, 100, 100],
    });
  });

  test('have no series for a class without requests, and none at all where nothing is', () => {
    const emulator = loaded({ deployments: { blue: { errorRate: 1, statusCode: 429, from: 3, until: 4 } } });
    emulator.now += 10 * MINUTE;
    const filter = "deployment eq 'blue' and statusCode eq '*'";
    expect(Object.keys(seriesIn(ask(emulator, { filter, to: -8 })))).toEqual(['deployment=blue statuscode=200']);
    expect(seriesIn(ask(emulator, { filter, from: -8, to: -5 }))).toEqual({
      'deployment=blue statuscode=200': [100, 0, 100],
      'deployment=blue statuscode=429': [0, 100, 0],
    });
    expect(seriesIn(ask(emulator, { filter: "deployment eq 'green'" }))).toEqual({});
  });

  test('follow the split that was live in each minute', () => {
    const emulator = loaded({ rpm: 1_000, seed: 'split' });
    emulator.now += 2 * MINUTE;
    const body = { ...endpointBody, properties: { ...endpointBody.properties, traffic: { blue: 90, green: 10 } } };
    emulator.settle('PUT', '/onlineEndpoints/iris', body);
    expect(operationTime).toBe(1_000);
    emulator.now += 10 * MINUTE;
    const seen = seriesIn(ask(emulator, { filter: "deployment eq '*'", from: -12, to: -5 }));
    const green = seen['deployment=green'] ?? [];
    expect(green.slice(0, 2)).toEqual([0, 0]);
    for (const count of green.slice(2)) expect(Math.abs(count - 100)).toBeLessThan(50);
    expect(green.map((count, index) => count + (seen['deployment=blue']?.[index] ?? 0))).toEqual(
      green.map(() => 1_000),
    );
  });

  test('count mirrored requests beside the live ones', () => {
    const emulator = loaded({ rpm: 1_000 });
    const properties = { ...endpointBody.properties, traffic: { blue: 100 }, mirrorTraffic: { green: 20 } };
    emulator.settle('PUT', '/onlineEndpoints/iris', { ...endpointBody, properties });
    emulator.now += 10 * MINUTE;
    const seen = seriesIn(ask(emulator, { filter: "deployment eq '*'", from: -8, to: -6 }));
    expect(seen['deployment=blue']).toEqual([1_000, 1_000, 1_000]);
    for (const count of seen['deployment=green'] ?? []) expect(Math.abs(count - 200)).toBeLessThan(80);
  });

  test('count the calls that really came', () => {
    const emulator = pureEmulator(irisSeed);
    const key = emulator.arm('POST', '/onlineEndpoints/iris/listKeys').body.primaryKey;
    const call = (deployment: string) =>
      emulator.send('POST', '/iris.westeurope.inference/score', {
        body: '{}',
        headers: { authorization: `Bearer ${key}`, 'azureml-model-deployment': deployment },
      });
    expect([call('green'), call('green'), call('blue')].map(({ status }) => status)).toEqual([200, 200, 200]);
    emulator.now += 10 * MINUTE;
    expect(seriesIn(ask(emulator, { filter: "deployment eq '*'", from: -11, to: -8 }))).toEqual({
      'deployment=green': [0, 2, 0],
      'deployment=blue': [0, 1, 0],
    });
  });

  test('tell all percentiles at once, and none without requests', () => {
    const emulator = loaded({ deployments: { blue: { latencyMs: { p50: 100, p99: 900 } } } });
    emulator.now += 10 * MINUTE;
    const answer = ask(emulator, {
      metric: 'RequestLatency_P50,RequestLatency_P99',
      filter: "deployment eq '*'",
      from: -5,
      to: 1,
    });
    const [p50, p99] = [seriesIn(answer, 0)['deployment=blue'] ?? [], seriesIn(answer, 1)['deployment=blue'] ?? []];
    expect([p50.at(-1), p99.at(-1)]).toEqual([0, 0]);
    for (const value of p50.slice(0, 3)) expect(Math.abs(value - 100)).toBeLessThan(30);
    for (const [index, value] of p99.slice(0, 3).entries()) expect(value / (p50[index] ?? 0)).toBeCloseTo(9);
  });

  test('are ten series unless more are asked for', () => {
    const statuses = Array.from({ length: 12 }, (_, index) => 500 + index);
    const phases = statuses.map((statusCode, index) => ({ statusCode, errorRate: 1, from: index, until: index + 1 }));
    const emulator = loaded({ deployments: { blue: phases } });
    emulator.now += 20 * MINUTE;
    const filter = "deployment eq 'blue' and statusCode eq '*'";
    expect(Object.keys(seriesIn(ask(emulator, { filter, from: -20, to: -8 })))).toHaveLength(10);
    expect(Object.keys(seriesIn(ask(emulator, { filter, from: -20, to: -8, extra: '&top=100' })))).toHaveLength(12);
  });

  test('can be split by class, and left out by value', () => {
    const emulator = loaded({ deployments: { blue: { errorRate: 0.5 } } });
    emulator.now += 10 * MINUTE;
    const seen = (filter: string) => Object.keys(seriesIn(ask(emulator, { filter }))).sort();
    expect(seen("statusCodeClass eq '*'")).toEqual(['statuscodeclass=2xx', 'statuscodeclass=4xx']);
    expect(seen("deployment eq 'green' or deployment eq 'BLUE' and statusCode ne '200'")).toEqual([
      'deployment=blue statuscode=424',
    ]);
    expect(Object.keys(seriesIn(ask(emulator, {})))).toEqual(['']);
  });

  test.each<[Asked, string]>([
    [{ metric: 'Requests' }, 'Failed to find metric configuration'],
    [{ filter: "colour eq 'blue'" }, 'does not support requested dimension'],
    [{ filter: 'deployment = blue' }, 'is not valid'],
    [{ filter: "deployment eq 'a' or statusCode eq '5'" }, 'cannot join two dimensions'],
    [{ from: 0, to: 0 }, 'is not two times'],
    [{ extra: '&interval=PT5M' }, ''],
  ])('are refused for %j', (asked, words) => {
    const { status, body } = ask(loaded(), asked);
    if (asked.extra) expect(status).toBe(200);
    else expect([status, body.code, body.message]).toEqual([400, 'BadRequest', expect.stringContaining(words)]);
  });

  test('need a role of their own, an endpoint, a sign-in and a version of their own', () => {
    const denied = pureEmulator(irisSeed, { denied: ['microsoft.insights/metrics/read'] });
    expect(ask(denied, {}).body.error.message).toMatch(
      /perform action 'microsoft\.insights\/metrics\/read' over scope '.*\/onlineEndpoints\/iris'/,
    );
    const emulator = loaded();
    expect(emulator.arm('GET', PATH.replace('iris', 'other'), undefined, '2018-01-01').status).toBe(404);
    expect(emulator.arm('GET', PATH).body.error.code).toBe('InvalidResourceType');
    const { subscriptionId } = emulator.state;
    const target = `/subscriptions/${subscriptionId}/resourceGroups/rg-emulator/providers/Microsoft.MachineLearningServices/workspaces/ws-emulator${PATH}?api-version=2018-01-01`;
    expect(emulator.send('GET', target).status).toBe(401);
  });
});

describe('an order of traffic', () => {
  test('gives the same numbers whenever it is made, and others for other words', () => {
    const counts = (seed: string, delay: number) => {
      const emulator = pureEmulator(irisSeed);
      emulator.now += delay * MINUTE;
      const deployments = { blue: { errorRate: 0.1 } };
      addTraffic(emulator.state, parseOrders({ endpoint: 'iris', rpm: 500, seed, deployments }), emulator.now);
      emulator.now += 20 * MINUTE;
      return seriesIn(ask(emulator, { filter: "statusCode eq '424'", from: -20, to: -5 }));
    };
    expect(counts('a', 7)).toEqual(counts('a', 0));
    expect(counts('b', 0)).not.toEqual(counts('a', 0));
  });

  test('leaves what was before as it was', () => {
    const emulator = loaded({ rpm: 100 });
    emulator.now += 5 * MINUTE;
    addTraffic(emulator.state, parseOrders({ endpoint: 'IRIS', rpm: 7 }), emulator.now);
    emulator.now += 10 * MINUTE;
    expect(seriesIn(ask(emulator, { from: -17, to: -8 }))['']).toEqual([100, 100, 100, 100, 100, 100, 100, 7, 7]);
  });

  test('comes through the control door, and goes with a reset', () => {
    const emulator = pureEmulator(irisSeed);
    const post = (body: unknown) => emulator.send('POST', '/_emulator/traffic', { body });
    expect(post({ endpoint: 'iris', rpm: 5 }).body).toEqual([{ endpoint: 'iris', rpm: 5, since: emulator.now }]);
    expect(post([{ endpoint: 'iris', rpm: 6 }]).body).toHaveLength(2);
    emulator.send('POST', '/_emulator/reset');
    expect(emulator.state.traffic).toEqual([]);
  });

  test.each([
    [{}, 'needs the name of its endpoint'],
    [{ endpoint: 'iris', rate: 5 }, "traffic has no 'rate'"],
    [{ endpoint: 'iris', rpm: -1 }, 'rpm must be'],
    [{ endpoint: 'iris', lag: 'late' }, 'lag must be'],
    [{ endpoint: 'iris', deployments: { blue: { errorRate: 2 } } }, 'deployments.blue.errorRate must be'],
    [{ endpoint: 'iris', deployments: { blue: [{ latencyMs: { p42: 1 } }] } }, "latencyMs has no 'p42'"],
    [{ endpoint: 'iris', deployments: { blue: { answer: { status: 20 } } } }, 'answer.status must be'],
  ])('is refused: %j', (order, words) => {
    const { status, body } = pureEmulator(irisSeed).send('POST', '/_emulator/traffic', { body: order });
    expect([status, body.error]).toEqual([400, expect.stringContaining(words)]);
  });

  test('says what a deployment answers', () => {
    const emulator = loaded({
      deployments: {
        green: { answer: { status: 424, body: { error: 'broken' } } },
        blue: { answer: { body: 'a,b', contentType: 'text/csv' } },
      },
    });
    const key = emulator.arm('POST', '/onlineEndpoints/iris/listKeys').body.primaryKey;
    const call = (deployment: string) => {
      const headers = { authorization: `Bearer ${key}`, 'azureml-model-deployment': deployment };
      const answer = emulator.send('POST', '/iris.westeurope.inference/score', { body: '{}', headers });
      return [answer.status, answer.body, answer.headers['content-type'], answer.headers['azureml-model-deployment']];
    };
    expect(call('green')).toEqual([424, { error: 'broken' }, 'application/json', 'green']);
    expect(call('blue')).toEqual([200, 'a,b', 'text/csv', 'blue']);
  });
});

describe('emulated time', () => {
  test('hurries the metrics', () => {
    const now = Date.UTC(2026, 0, 1);
    const emulator = pureEmulator(irisSeed, { pace: { minute: 100, origin: now } });
    addTraffic(emulator.state, parseOrders({ endpoint: 'iris', rpm: 60 }), emulator.now);
    emulator.now += 1_000;
    const stamp = (minutes: number): string => new Date(now + minutes * MINUTE).toISOString();
    const query = `metricnames=RequestsPerMinute&timespan=${stamp(0)}/${stamp(20)}`;
    const answer = emulator.arm('GET', `${PATH}?${query}`, undefined, '2018-01-01');
    expect(seriesIn(answer)['']).toEqual([60, 60, 60, 60, 60, 60, 60, 60, 30, 0]);
  });
});
