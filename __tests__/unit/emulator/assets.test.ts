import { describe, expect, test } from '@jest/globals';
import { pureEmulator } from './pure-emulator.ts';
import type { PureEmulator } from './pure-emulator.ts';

const model = (modelUri = 'azureml://datastores/workspaceblobstore/paths/LocalUpload/1/m.pkl', more = {}) => ({
  properties: { modelUri, ...more },
});
const code = (hash: string) => ({
  properties: {
    codeUri: `https://a.blob.core.windows.net/c/LocalUpload/${hash}/src`,
    isAnonymous: true,
    properties: { hash_sha256: hash, hash_version: 202208 },
  },
});

function versions(emulator: PureEmulator, path: string): string[] {
  return emulator.arm('GET', path).body.value.map(({ name }: { name: string }) => name);
}

describe('a version', () => {
  test('is made, shown, and told by the control door', () => {
    const emulator = pureEmulator();
    expect(emulator.arm('PUT', '/models/iris/versions/1', model()).status).toBe(201);
    expect(emulator.arm('GET', '/models/IRIS/versions/1').body).toMatchObject({
      id: expect.stringMatching(/\/workspaces\/ws-emulator\/models\/iris\/versions\/1$/),
      name: '1',
      properties: { modelType: 'custom_model', isAnonymous: false, provisioningState: 'Succeeded' },
    });
    const { assets } = emulator.send('GET', '/_emulator/state').body;
    expect(assets).toMatchObject([{ workspace: 'ws-emulator', kind: 'models', name: 'iris', version: '1' }]);
  });

  test('takes new tags and keeps its content', () => {
    const emulator = pureEmulator();
    emulator.arm('PUT', '/models/iris/versions/1', model());
    const again = emulator.arm('PUT', '/models/iris/versions/1', model(undefined, { tags: { a: 'b' } }));
    expect([again.status, again.body.properties.tags]).toEqual([200, { a: 'b' }]);
    const other = emulator.arm('PUT', '/models/iris/versions/1', model('azureml://elsewhere'));
    expect([other.status, other.body.error.code]).toEqual([400, 'UserError']);
    expect(other.body.error.message).toBe('Asset paths cannot be updated.');
    expect(emulator.arm('GET', '/models/iris/versions/1').body.properties.modelUri).toContain('LocalUpload');
  });

  test.each([
    ['a model without a place', '/models/m/versions/1', {}],
    ['an environment without an image', '/environments/e/versions/1', {}],
    ['an environment whose conda file is no YAML', '/environments/e/versions/1', { image: 'i', condaFile: '{' }],
    ['a code without a place', '/codes/c/versions/1', {}],
    ['tags that are no text', '/models/m/versions/1', { modelUri: 'azureml://x', tags: { a: 1 } }],
  ])('is refused for %s', (_, path, properties) => {
    expect(pureEmulator().arm('PUT', path, { properties }).status).toBe(400);
  });

  test('of an environment cannot get another image', () => {
    const emulator = pureEmulator();
    emulator.arm('PUT', '/environments/e/versions/1', { properties: { image: 'one' } });
    expect(emulator.arm('PUT', '/environments/e/versions/1', { properties: { image: 'two' } }).status).toBe(400);
    expect(emulator.arm('PUT', '/environments/e/versions/1', { properties: { image: 'one' } }).status).toBe(201);
  });

  test('of another name or workspace is 404', () => {
    const emulator = pureEmulator({
      workspaces: [{ name: 'ws-emulator' }, { name: 'other', models: [{ name: 'm' }] }],
    });
    expect(emulator.arm('GET', '/models/m/versions/1').status).toBe(404);
    expect(emulator.arm('GET', '/models/m').status).toBe(404);
    expect(emulator.arm('GET', '/models/m/versions').body.value).toEqual([]);
  });
});

describe('lists', () => {
  function three(): PureEmulator {
    const emulator = pureEmulator({}, { pageSize: 2 });
    for (const version of ['9', '10', 'beta']) {
      emulator.arm('PUT', `/models/iris/versions/${version}`, model(`azureml://${version}`));
      emulator.now += 1000;
    }
    return emulator;
  }

  test('begin with the newest, or with the oldest on demand', () => {
    const emulator = three();
    expect(versions(emulator, '/models/iris/versions?$orderBy=createdtime desc&$top=1')).toEqual(['beta']);
    expect(versions(emulator, '/models/iris/versions?$orderBy=createdtime asc&$top=1')).toEqual(['9']);
  });

  test('have pages that keep what was asked for', () => {
    const emulator = three();
    const first = emulator.arm('GET', '/models/iris/versions?$orderBy=createdtime asc').body;
    const next = emulator.send('GET', first.nextLink.replace(emulator.state.url, ''), {
      headers: { authorization: `Bearer ${emulator.token()}` },
    });
    expect(first.value).toHaveLength(2);
    expect(next.body.value.map(({ name }: { name: string }) => name)).toEqual(['beta']);
    expect(next.body.nextLink).toBeUndefined();
  });

  test('leave out what is archived unless asked', () => {
    const emulator = three();
    emulator.arm('PUT', '/models/iris/versions/10', model('azureml://10', { isArchived: true }));
    expect(versions(emulator, '/models/iris/versions')).toEqual(['beta', '9']);
    expect(versions(emulator, '/models/iris/versions?listViewType=ArchivedOnly')).toEqual(['10']);
    expect(versions(emulator, '/models/iris/versions?listViewType=All&$top=3')).toHaveLength(2);
  });

  test('of codes find a hash below any name', () => {
    const emulator = pureEmulator();
    emulator.arm('PUT', '/codes/one/versions/1', code('abc'));
    emulator.arm('PUT', '/codes/two/versions/1', code('def'));
    const [found, ...others] = emulator.arm('GET', '/codes/made-up/versions?hash=def&hashVersion=202208').body.value;
    expect([found.id, others]).toEqual([expect.stringContaining('/codes/two/versions/1'), []]);
    expect(versions(emulator, '/codes/two/versions?hash=def&hashVersion=1')).toEqual([]);
  });

  test('of names leave out the anonymous', () => {
    const emulator = pureEmulator();
    emulator.arm('PUT', '/codes/one/versions/1', code('abc'));
    emulator.arm('PUT', '/models/iris/versions/1', model());
    expect(emulator.arm('GET', '/codes').body.value).toEqual([]);
    expect(versions(emulator, '/models')).toEqual(['iris']);
  });

  test.each([
    [['1', '2'], '2', '3'],
    [['9', '10', 'beta'], 'beta', '11'],
    [['beta'], 'beta', '1'],
  ])('a container of %j has the newest and the next version', (made, latestVersion, nextVersion) => {
    const emulator = pureEmulator();
    for (const version of made) emulator.arm('PUT', `/models/iris/versions/${version}`, model());
    expect(emulator.arm('GET', '/models/iris').body.properties).toMatchObject({ latestVersion, nextVersion });
  });
});

test('a code cannot get another hash', () => {
  const emulator = pureEmulator();
  emulator.arm('PUT', '/codes/one/versions/1', code('abc'));
  const other = { properties: { ...code('abc').properties, properties: { hash_sha256: 'def' } } };
  expect(emulator.arm('PUT', '/codes/one/versions/1', other).status).toBe(400);
});
