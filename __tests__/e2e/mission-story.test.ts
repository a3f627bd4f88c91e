import { expect, test } from '@jest/globals';
import { callHttps } from '../../emulator/clients/https.ts';
import { inScene } from '../support/scene.ts';

const IRIS = `name: iris
description: Predicts the species of an iris from four measurements
auth_mode: key
`;

test(
  'an endpoint lives from its YAML to its deletion, with deployments that are made elsewhere',
  inScene({ files: { 'endpoints/iris.yml': IRIS } }, async ({ action, azure, others, write }) => {
    const created = await action({ operation: 'create', endpoint: 'iris' });
    expect(created.maskedLog).toContain('iris: created');
    expect(created).toMatchObject({ exitCode: 0, outputs: { status: 'succeeded', changed: 'true', traffic: '{}' } });

    await Promise.all([others.deployment('iris', 'blue'), others.deployment('iris', 'green')]);
    await write('endpoints/iris.yml', `${IRIS}traffic:\n  blue: 100\n`);
    const allBlue = await action({ operation: 'update', endpoint: 'iris' });
    expect(allBlue).toMatchObject({ exitCode: 0, outputs: { changed: 'true', traffic: '{"blue":100}' } });

    await write('endpoints/iris.yml', `${IRIS}traffic:\n  blue: 90\n  green: 10\n`);
    const split = await action({ operation: 'update', endpoint: 'iris' });
    expect(split).toMatchObject({ exitCode: 0, outputs: { traffic: '{"blue":90,"green":10}' } });
    expect(azure.state().endpoints[0]?.properties['traffic']).toEqual({ blue: 90, green: 10 });

    const [url, token] = await Promise.all([
      action({ operation: 'url', endpoint: 'iris' }),
      action({ operation: 'token', endpoint: 'iris' }),
    ]);
    const call = {
      method: 'POST',
      url: url.outputs['scoring-url'] ?? '',
      headers: { authorization: `Bearer ${token.outputs['token']}` },
      body: '{"data": [[5.1, 3.5, 1.4, 0.2]]}',
    };
    const answers = await Promise.all(Array.from({ length: 10 }, () => callHttps(azure, call)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    const by = answers.map(({ headers }) => headers['azureml-model-deployment']);
    expect(by.filter((name) => name === 'green')).toHaveLength(1);

    const deleted = await action({ operation: 'delete', endpoint: 'iris', confirm: 'iris' });
    expect(deleted).toMatchObject({ exitCode: 0, outputs: { changed: 'true', status: 'succeeded' } });
    expect(deleted.maskedLog).toContain('will be deleted with deployments blue, green');
    expect(azure.state().endpoints).toEqual([]);
  }),
);
