import { expect, test } from '@jest/globals';
import type { Seed } from '../../emulator/seed.ts';
import { inScene } from '../support/scene.ts';

const IRIS = 'name: iris\ndescription: Irises\ntags:\n  owner: ml\ntraffic:\n  blue: 100\n';

const LIVE: Seed = {
  workspaces: [
    {
      name: 'ws-emulator',
      endpoints: [
        {
          name: 'iris',
          tags: { owner: 'ml' },
          properties: { description: 'Irises', traffic: { blue: 100 } },
          deployments: [{ name: 'blue' }, { name: 'green' }],
        },
        { name: 'wine', properties: { authMode: 'AMLToken' } },
      ],
    },
  ],
};

test.concurrent(
  'validate reads the files alone, and speaks to nobody',
  inScene({ files: { 'endpoints/iris.yml': IRIS } }, async ({ action, azure }) => {
    const { exitCode, outputs, maskedLog, annotations } = await action({ operation: 'validate' }, { env: {} });
    expect({ exitCode, annotations }).toEqual({ exitCode: 0, annotations: [] });
    expect(maskedLog).toContain('endpoints/iris.yml: endpoint iris is valid');
    expect(outputs).toEqual({
      changed: 'false',
      status: 'unchanged',
      endpoints: '{"iris":{"changed":false,"status":"unchanged"}}',
    });
    expect(azure.requests()).toEqual([]);
  }),
);

test.concurrent(
  'plan shows the differences field by field, in log, output and summary, and writes nothing',
  inScene({ seed: LIVE, files: { 'endpoints/iris.yml': IRIS } }, async ({ action, azure }) => {
    const same = await action({ operation: 'plan' });
    expect(same).toMatchObject({ exitCode: 0, outputs: { changed: 'false', status: 'unchanged' } });
    const inputs = { operation: 'plan', endpoint: 'iris', traffic: 'blue=90 green=10' };
    const [other, drift] = await Promise.all([action(inputs), action({ ...inputs, 'fail-on-drift': 'true' })]);
    expect(other).toMatchObject({ exitCode: 0, outputs: { changed: 'true' } });
    expect(JSON.parse(other.outputs['plan'] ?? '')).toEqual({
      endpoints: [
        {
          name: 'iris',
          action: 'update',
          changes: [
            { path: 'traffic.blue', from: 100, to: 90 },
            { path: 'traffic.green', from: null, to: 10 },
          ],
        },
      ],
    });
    expect(other.maskedLog).toContain('~ traffic.blue   100 → 90');
    expect(other.summary).toContain('| traffic.blue | 100 → 90 |');
    expect(drift.exitCode).toBe(3);
    expect(drift.annotations).toMatchObject([{ type: 'error', message: expect.stringContaining('differs') }]);
    expect(drift.outputs).toMatchObject({ status: 'failed', changed: 'true', plan: other.outputs['plan'] });
    expect(azure.requests().filter(({ method }) => method === 'PUT')).toEqual([]);
  }),
);

test.concurrent(
  'create makes one that is not there, and refuses one that is',
  inScene(
    { seed: LIVE, files: { 'endpoints/iris.yml': IRIS, 'endpoints/new.yml': 'name: new\n' } },
    async ({ action }) => {
      const [created, there] = await Promise.all([
        action({ operation: 'create', endpoint: 'new' }),
        action({ operation: 'create', endpoint: 'iris' }),
      ]);
      expect(created).toMatchObject({
        exitCode: 0,
        outputs: { changed: 'true', status: 'succeeded', 'provisioning-state': 'Succeeded', traffic: '{}' },
      });
      expect(created.outputs['scoring-url']).toMatch(/^https:.*\/score$/);
      expect(created.outputs['principal-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(created.summary).toContain('Azure ML online endpoints: create');
      expect(there).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
      expect(there.outputs['failure-reason']).toContain('endpoint iris exists already');
    },
  ),
);

test.concurrent(
  'update sends what differs and keeps what the YAML does not name; apply then sends nothing',
  inScene(
    { seed: LIVE, files: { 'endpoints/iris.yml': 'name: iris\ntags: {cost: "7"}\n' } },
    async ({ action, azure }) => {
      const updated = await action({ operation: 'update', endpoint: 'iris' });
      expect(updated).toMatchObject({ exitCode: 0, outputs: { changed: 'true', traffic: '{"blue":100}' } });
      const [iris] = azure.state().endpoints;
      expect(iris).toMatchObject({ tags: { owner: 'ml', cost: '7' }, properties: { description: 'Irises' } });
      const applied = await action({ operation: 'apply', endpoint: 'iris' });
      expect(applied).toMatchObject({ exitCode: 0, outputs: { changed: 'false', status: 'unchanged' } });
      expect(azure.requests().filter(({ method }) => method === 'PUT')).toHaveLength(1);
    },
  ),
);

test.concurrent(
  'update refuses an endpoint that is not there, apply makes it',
  inScene({ files: { 'endpoints/new.yml': 'name: new\n' } }, async ({ action }) => {
    const refused = await action({ operation: 'update', endpoint: 'new' });
    expect(refused).toMatchObject({ exitCode: 1, annotations: [{ type: 'error' }] });
    expect(refused.outputs['failure-reason']).toContain('endpoint new is not in workspace ws-emulator');
    const applied = await action({ operation: 'apply', endpoint: 'new' });
    expect(applied).toMatchObject({ exitCode: 0, outputs: { changed: 'true' } });
  }),
);

test.concurrent(
  'all traffic goes only when its loss is confirmed by name',
  inScene({ seed: LIVE, files: { 'endpoints/iris.yml': 'name: iris\ntraffic: {}\n' } }, async ({ action, azure }) => {
    const inputs = { operation: 'update', endpoint: 'iris' };
    const refused = await Promise.all([action(inputs), action({ ...inputs, confirm: 'wine' })]);
    for (const { exitCode, outputs } of refused) {
      expect(exitCode).toBe(1);
      expect(outputs['failure-reason']).toMatch(/takes all live traffic \(blue=100\) away.*ConfirmationNeeded/);
    }
    expect(azure.requests().filter(({ method }) => method === 'PUT')).toEqual([]);
    expect(await action({ ...inputs, confirm: 'iris' })).toMatchObject({ exitCode: 0, outputs: { traffic: '{}' } });
  }),
);

test.concurrent(
  'show, list and url tell what is there without any YAML',
  inScene({ seed: LIVE }, async ({ action, azure }) => {
    const [shown, listed, url, missing] = await Promise.all([
      action({ operation: 'show', endpoint: 'iris' }),
      action({ operation: 'list' }),
      action({ operation: 'url', endpoint: 'iris' }),
      action({ operation: 'url', endpoint: 'nobody' }),
    ]);
    expect(shown.maskedLog).toMatch(/^deployment +state +model +environment +instances +traffic +mirror +age$/m);
    expect(shown.maskedLog).toMatch(/^blue +Succeeded +default × 1 +100 % +0 % +0 min$/m);
    expect(shown.maskedLog).toMatch(/^green +Succeeded +default × 1 +0 % +0 % +0 min$/m);
    expect(shown.summary).toContain('**iris**: deployments');
    expect(shown.summary).toMatch(/\| blue \| Succeeded \| .*\| 100 % \| 0 % \|/);
    expect(listed.maskedLog).toMatch(/^iris\/green +Succeeded /m);
    expect(Object.keys(JSON.parse(listed.outputs['endpoints'] ?? '') as object)).toEqual(['iris', 'wine']);
    expect(listed.outputs['scoring-url']).toBeUndefined();
    const scoringUrl = `${azure.url}/iris.westeurope.inference/score`;
    expect(url.outputs).toMatchObject({ 'scoring-url': scoringUrl, traffic: '{"blue":100}' });
    expect(url.outputs['swagger-url']).toMatch(/\/swagger\.json$/);
    expect(url.jobOutputs).toEqual(url.outputs);
    expect(missing).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    expect(missing.annotations[0]?.message).toContain('next step: Check the name with operation `list`');
  }),
);

test.concurrent(
  'delete takes the deployments along, asks before live traffic goes, and succeeds with a notice when nothing is there',
  inScene({ seed: LIVE }, async ({ action, azure }) => {
    const [unconfirmed, idle] = await Promise.all([
      action({ operation: 'delete', endpoint: 'iris' }),
      action({ operation: 'delete', endpoint: 'wine' }),
    ]);
    expect(unconfirmed.exitCode).toBe(1);
    expect(unconfirmed.outputs['failure-reason']).toContain('which has live traffic (blue=100)');
    expect(idle).toMatchObject({ exitCode: 0, outputs: { changed: 'true', status: 'succeeded' } });
    expect(azure.state().endpoints.map(({ name }) => name)).toEqual(['iris']);
    const again = await action({ operation: 'delete', endpoint: 'wine' });
    expect(again).toMatchObject({ exitCode: 0, outputs: { changed: 'false', status: 'unchanged' } });
    expect(again.annotations).toMatchObject([{ type: 'notice' }]);
  }),
);

test.concurrent(
  'an operation that does not exist, and one that is missing, end with exit code 2 and one annotation',
  inScene({}, async ({ action }) => {
    const [unknown, missing] = await Promise.all([action({ operation: 'creat' }), action({})]);
    for (const { exitCode, annotations, outputs } of [unknown, missing]) {
      expect(exitCode).toBe(2);
      expect(annotations).toMatchObject([{ type: 'error' }]);
      expect(outputs).toMatchObject({ status: 'failed', endpoints: '{}' });
    }
    expect(unknown.annotations[0]?.message).toContain('"creat"');
  }),
);
