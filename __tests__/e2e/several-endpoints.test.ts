import { expect, test } from '@jest/globals';
import { inScene } from '../support/scene.ts';

const files = Object.fromEntries(['one', 'two', 'three'].map((name) => [`endpoints/${name}.yml`, `name: ${name}\n`]));

test.concurrent(
  'all endpoints are written side by side, and none suffers from one that fails',
  inScene({ files }, async ({ action, azure }) => {
    azure.fault({
      match: { method: 'PUT', path: '/onlineEndpoints/two?' },
      then: { operation: { status: 'Failed', error: { code: 'QuotaExceeded', message: 'Not enough cores.' } } },
    });
    const { exitCode, outputs, annotations, summary } = await action({ operation: 'apply', endpoint: '*' });
    expect(exitCode).toBe(1);
    expect(annotations).toHaveLength(1);
    expect(annotations[0]?.message).toMatch(/create of endpoint two failed.*Not enough cores[\s\S]*QuotaExceeded/);
    expect(JSON.parse(outputs['endpoints'] ?? '')).toMatchObject({
      one: { status: 'succeeded', changed: true, provisioningState: 'Succeeded' },
      three: { status: 'succeeded', changed: true },
      two: { status: 'failed' },
    });
    expect(outputs).toMatchObject({ status: 'failed', changed: 'true' });
    expect(outputs['failure-reason']).toContain('create of endpoint two failed');
    expect(outputs['scoring-url']).toBeUndefined();
    expect(summary).toMatch(/❌ .*two/);
    const again = await action({ operation: 'apply', endpoint: 'one, t*' });
    expect(again).toMatchObject({ exitCode: 0, outputs: { status: 'succeeded' } });
    expect(azure.requests().filter(({ method }) => method === 'PUT')).toHaveLength(4);
  }),
);

test.concurrent(
  'three runs at once on one endpoint all end well, and the last word is the YAML',
  inScene({ files, operationTime: 800 }, async ({ action, azure }) => {
    const inputs = { operation: 'apply', endpoint: 'one' };
    const results = await Promise.all([
      action({ ...inputs, set: 'tags.run=a' }),
      action({ ...inputs, set: 'tags.run=a' }),
      action({ ...inputs, set: 'tags.run=a' }),
    ]);
    expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect(results.filter(({ outputs }) => outputs['changed'] === 'true').length).toBeGreaterThan(0);
    expect(azure.state().endpoints).toMatchObject([{ name: 'one', tags: { run: 'a' } }]);
  }),
);

test.concurrent(
  'a run waits for what another pipeline has under way',
  inScene({ files }, async ({ action, azure, others }) => {
    await others.endpoint('one');
    azure.fault({ match: { method: 'PUT', path: '/onlineEndpoints/one?' }, then: { operation: { takes: 3_000 } } });
    const elsewhere = others.endpoint('one', { description: 'from the portal' });
    const result = await action({ operation: 'update', endpoint: 'one', set: 'tags.owner=ml' });
    await elsewhere;
    expect(result.exitCode).toBe(0);
    expect(azure.state().endpoints).toMatchObject([
      { tags: { owner: 'ml' }, properties: { description: 'from the portal' } },
    ]);
  }),
);
