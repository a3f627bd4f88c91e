import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { InputFaults } from '../../../src/failure.ts';
import { outputsOf } from '../../../src/report/outputs.ts';
import { armRequests, type Azure, leaks, startAzure, writes } from '../../support/azure.ts';

let azure: Azure;
beforeAll(async () => {
  azure = await startAzure();
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const PUT = { method: 'PUT', path: 'onlineEndpoints/' };
const yaml = (lines: string, name = 'iris') => ({ files: { [`endpoints/${name}.yml`]: `name: ${name}\n${lines}` } });
const live = (name = 'iris') => azure.state().endpoints.find((endpoint) => endpoint.name === name);

describe('update', () => {
  test('keeps all that the YAML does not name', async () => {
    const before = live()!;
    const result = await azure.run({ operation: 'update', endpoint: 'iris' }, yaml('description: new words\n'));
    expect(result.exitCode).toBe(0);
    const after = live()!;
    expect({ ...after, properties: 0, systemData: 0 }).toEqual({ ...before, properties: 0, systemData: 0 });
    expect(after.properties['properties']).toMatchObject({ costCentre: '42' });
    expect({ ...after.properties, properties: 0 }).toEqual({
      ...before.properties,
      properties: 0,
      description: 'new words',
    });
    expect(writes(result.requests)).toEqual(['PUT onlineEndpoints/iris 201']);
    expect(leaks(azure, result)).toEqual([]);
  });

  test('sends nothing when nothing differs', async () => {
    const same = 'description: old words\ntags: {TEAM: flowers}\ntraffic: {Blue: 100, green: 0}\nauth_mode: key\n';
    const result = await azure.run({ operation: 'update', endpoint: 'iris' }, yaml(same));
    expect(result.outcome().endpoints).toMatchObject([{ status: 'unchanged', changed: false }]);
    expect(armRequests(result.requests)).toEqual(['GET onlineEndpoints/iris 200']);
  });

  test('moves traffic, and drops the mirror that would take live traffic', async () => {
    const lines = 'traffic: {blue: 90, green: 10}\nmirror_traffic: {}\n';
    const result = await azure.run({ operation: 'update', endpoint: 'iris' }, yaml(lines));
    expect(result.outcome().endpoints).toMatchObject([{ traffic: { blue: 90, green: 10 }, changed: true }]);
    expect(live()!.properties).toMatchObject({ traffic: { blue: 90, green: 10 }, mirrorTraffic: {} });
  });

  test.each([
    ['tags.team=', ''],
    ['tags.team=null', undefined],
  ])('a tag whose value went missing is not taken for one that is to go: %s', async (set, team) => {
    const result = await azure.run({ operation: 'update', endpoint: 'iris', set }, yaml(''));
    expect(result.exitCode).toBe(0);
    expect(live()!.tags['team']).toBe(team);
  });

  test('names the line of a deployment that does not exist, and sends nothing', async () => {
    const result = await azure.run({ operation: 'update', endpoint: 'iris' }, yaml('traffic:\n  purple: 100\n'));
    expect(result.exitCode).toBe(2);
    expect((result.failure() as unknown as InputFaults).faults).toEqual([
      {
        file: 'endpoints/iris.yml',
        line: 3,
        column: 3,
        message: 'traffic names deployment purple, which does not exist (the endpoint has blue, green)',
      },
    ]);
    expect(writes(result.requests)).toEqual([]);
  });

  test.each([
    ['', 1, 'not confirmed: this ', { blue: 100 }],
    ['other', 1, 'confirm is "other"', { blue: 100 }],
    ['IRIS', 0, '', {}],
  ])('takes all traffic away only when confirmed: %j', async (confirm, exitCode, says, traffic) => {
    const inputs = { operation: 'update', endpoint: 'iris', confirm } as const;
    const result = await azure.run(inputs, yaml('traffic: {}\n'));
    expect(result.exitCode).toBe(exitCode);
    expect(result.deps.report.texts().join('\n')).toContain(says);
    expect(live()!.properties['traffic']).toEqual(traffic);
  });

  test('a person at a terminal may confirm instead', async () => {
    const asked: string[] = [];
    const confirm = async (question: string, expected: string) => asked.push(question, expected) > 0;
    const result = await azure.run({ operation: 'update', endpoint: 'iris' }, { ...yaml('traffic: {}\n'), confirm });
    expect(result.exitCode).toBe(0);
    expect(asked).toEqual(['This takes all live traffic (blue=100) away from endpoint iris.', 'iris']);
  });

  test('an endpoint that is not there is an error, and none is made', async () => {
    const result = await azure.run({ operation: 'update', endpoint: 'rose' }, yaml('', 'rose'));
    expect(result.failure().message).toBe('endpoint rose is not in workspace ws-emulator');
    expect(result.failure().details.nextStep).toContain('`create`');
    expect(writes(result.requests)).toEqual([]);
  });

  test('one that comes into sight a moment later is not written over with a new one', async () => {
    azure.fault({
      match: { method: 'GET', path: 'onlineEndpoints/iris?' },
      then: { status: 404, body: { error: { code: 'NotFound', message: 'The specified resource was not found.' } } },
    });
    const result = await azure.run({ operation: 'update', endpoint: 'iris' }, yaml('description: new\n'));
    expect(result.exitCode).toBe(1);
    expect(live()!.properties['traffic']).toEqual({ blue: 100 });
  });

  test('one endpoint that fails does not keep the others from being written', async () => {
    const files = {
      'endpoints/iris.yml': 'name: iris\ndescription: new\n',
      'endpoints/rose.yml': 'name: rose\n',
    };
    const result = await azure.run({ operation: 'update', endpoint: '*' }, { files });
    expect(result.exitCode).toBe(1);
    expect(result.outcome().endpoints).toMatchObject([
      { name: 'iris', status: 'succeeded', changed: true },
      { name: 'rose', status: 'failed', changed: false },
    ]);
    expect(result.outcome().failures).toMatchObject([{ message: 'endpoint rose is not in workspace ws-emulator' }]);
    expect(live()!.properties['description']).toBe('new');
  });
});

test('of writes that were sent and not seen to end nobody says that nothing changed', async () => {
  await azure.run({ operation: 'create', endpoint: 'rose' }, yaml('', 'rose'));
  azure.fault({ match: { method: 'PUT' }, times: 'always', then: { operation: { never: true } } });
  const files = Object.fromEntries(
    ['iris', 'rose'].map((name) => [`endpoints/${name}.yml`, `name: ${name}\ndescription: new\n`]),
  );
  const result = await azure.run({ operation: 'update', endpoint: '*', timeout: '3s' }, { files });
  expect(result.exitCode).toBe(1);
  expect(writes(result.requests)).toHaveLength(2);
  const outputs = outputsOf(result.outcome(), undefined);
  expect(outputs.changed).toBeUndefined();
  expect(JSON.parse(outputs.endpoints!)).toEqual({ iris: { status: 'failed' }, rose: { status: 'failed' } });
});

describe('create', () => {
  const CREATE = { operation: 'create', endpoint: 'rose' } as const;

  test('makes the endpoint with the defaults of az ml, in the region of the workspace', async () => {
    const result = await azure.run(CREATE, yaml('tags: {owner: ml}\n', 'rose'));
    expect(result.exitCode).toBe(0);
    expect(result.outcome().endpoints).toMatchObject([{ name: 'rose', changed: true, provisioningState: 'Succeeded' }]);
    const put = result.requests.find(({ method }) => method === 'PUT')!;
    expect(put.body).toEqual({
      location: 'westeurope',
      tags: { owner: 'ml' },
      identity: { type: 'SystemAssigned' },
      properties: { authMode: 'Key', properties: {}, traffic: {}, mirrorTraffic: {} },
    });
  });

  test.each(['', 'description: old words\n', 'description: other\n'])(
    'is an error when it exists: %j',
    async (lines) => {
      const result = await azure.run({ operation: 'create', endpoint: 'iris' }, yaml(lines));
      expect(result.failure().message).toBe('endpoint iris exists already');
      expect(writes(result.requests)).toEqual([]);
    },
  );

  test('is an error too when another run makes an equal one between the look and the PUT', async () => {
    azure.fault({ match: PUT, then: { status: 409, delay: 50 } });
    const [first, second] = await Promise.all([
      azure.run(CREATE, yaml('', 'rose')),
      azure.run({ operation: 'apply', endpoint: 'rose' }, yaml('', 'rose')),
    ]);
    const codes = [first.exitCode, second.exitCode];
    expect(codes).toContain(0);
    expect(azure.state().operations.filter(({ kind }) => kind === 'create')).toHaveLength(1);
    // Whoever came second found it there: `create` says so, `apply` is content.
    if (first.exitCode !== 0) expect(first.failure().details.code).toBe('EndpointExists');
  });

  test.each([{ 'reset-after': true }, { truncate: true }] as const)(
    'a lost answer is no other endpoint: %j',
    async (then) => {
      azure.fault({ match: PUT, then });
      const result = await azure.run(CREATE, yaml('', 'rose'));
      expect(result.exitCode).toBe(0);
      expect(result.outcome().endpoints).toMatchObject([{ name: 'rose', changed: true }]);
      expect(azure.state().operations).toHaveLength(1);
      expect(result.deps.journal.open()).toEqual([]);
    },
  );

  test('a PUT that was cut before it arrived is sent again', async () => {
    azure.fault({ match: PUT, then: { reset: true } });
    const result = await azure.run(CREATE, yaml('', 'rose'));
    expect(result.exitCode).toBe(0);
    expect(writes(result.requests)).toEqual(['PUT onlineEndpoints/rose 0', 'PUT onlineEndpoints/rose 201']);
  });

  test('a name that somebody else holds is told so', async () => {
    const result = await azure.run({ operation: 'create', endpoint: 'taken-by-another' }, yaml('', 'taken-by-another'));
    expect(result.failure().message).toContain('the name is taken by somebody else in this region');
    expect(result.failure().details.nextStep).toContain('choose another one');
  });

  test('a name that is just being freed is waited for', async () => {
    const freed = { status: 404, body: { error: { code: 'InferencingClientCallFailed', message: 'no such service' } } };
    azure.fault({ match: PUT, times: 3, then: freed });
    const result = await azure.run(CREATE, yaml('', 'rose'));
    expect(result.exitCode).toBe(0);
    expect(live('rose')).toBeDefined();
  });

  test('traffic cannot be given before there are deployments', async () => {
    const result = await azure.run(CREATE, yaml('traffic: {blue: 100}\n', 'rose'));
    expect(result.exitCode).toBe(2);
    expect(result.deps.report.texts().join()).toContain('comment traffic out until it does');
    expect(live('rose')).toBeUndefined();
  });
});

describe('apply', () => {
  test('creates what is not there, updates what differs and leaves the rest alone', async () => {
    const files = {
      'endpoints/iris.yml': 'name: iris\n',
      'endpoints/rose.yml': 'name: rose\n',
      'endpoints/tulip.yml': 'name: tulip\ndescription: a\n',
    };
    const first = await azure.run({ operation: 'apply', endpoint: '*' }, { files });
    expect(first.outcome().endpoints.map(({ name, status }) => [name, status])).toEqual([
      ['iris', 'unchanged'],
      ['rose', 'succeeded'],
      ['tulip', 'succeeded'],
    ]);
    const again = await azure.run({ operation: 'apply', endpoint: '*' }, { files });
    expect(again.outcome().endpoints.every(({ changed }) => !changed)).toBe(true);
    expect(writes(again.requests)).toEqual([]);
  });
});
