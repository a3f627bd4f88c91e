import { armRequests, type Azure } from '../../support/azure.ts';
import { inFoldersOfTheirOwn, startStoredAzure, type StoredAzure } from '../../support/stored-azure.ts';
import { createHash } from 'node:crypto';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { DeploymentAssets } from '../../../src/azure/assets/assets.ts';
import { readContent } from '../../../src/assets/content.ts';
import { sha256 } from '../../../src/assets/hash.ts';
import { modelName } from '../../../src/assets/names.ts';
import { hostFiles } from '../../../src/host.ts';
import type { DeploymentSpec } from '../../../src/spec/deployment/model.ts';
import { type AssetRun, deployment, localCode, localModel, openRun } from '../../support/asset-scene.ts';
import type { Azurite } from '../../../emulator/azurite.ts';
import type { StorageWeather } from '../../support/storage-weather.ts';

let store: StoredAzure;
let azure: Azure;
let azurite: Azurite;
let weather: StorageWeather;
beforeAll(async () => {
  const models = [{ name: 'iris', version: '7' }];
  store = await startStoredAzure({ seed: { workspaces: [{ name: 'ws-emulator', models }] } });
  ({ azure, azurite, weather } = store);
});
inFoldersOfTheirOwn();
afterEach(() => store.reset());
afterAll(() => store.close());

/** Bytes that no other test uploads. */
function unique(length = 100): Buffer {
  const seed = Buffer.from(`${Math.random()} ${performance.now()} `);
  return Buffer.alloc(length, seed);
}

async function code(files: Readonly<Record<string, string | Buffer>>, path = 'src'): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(`${path}/${name}`.replace(/\/[^/]*$/, ''), { recursive: true });
    await writeFile(`${path}/${name}`, content);
  }
}

async function publish(run: AssetRun, spec: DeploymentSpec): Promise<DeploymentAssets> {
  const { assets, faults } = await run.identify(spec, undefined);
  expect(faults).toEqual([]);
  await run.publish(assets);
  return assets;
}

const SPEC = deployment({ code: localCode('src') });

function uploaded(): string[] {
  return weather.requests
    .filter(({ what }) => what.startsWith('PUT'))
    .map(({ what }) => what)
    .toSorted();
}

describe('code', () => {
  test('is uploaded file by file, marked as whole, and registered under its content', async () => {
    await code({ 'score.py': unique(), 'pkg/util.py': unique() });
    const run = await openRun(azure);
    const assets = await publish(run, SPEC);
    expect(uploaded()).toEqual(['PUT src/pkg/util.py', 'PUT src/pkg/util.py?comp=metadata', 'PUT src/score.py']);
    const [, name] = /codes\/([0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})\/versions\/1$/.exec(
      assets.code!.id,
    )!;
    const registered = azure.state().assets.find((each) => each.name === name)!;
    expect(registered.properties).toMatchObject({
      codeUri: expect.stringMatching(
        new RegExp(`^http://${weather.endpoint}/${azurite.account}/${azurite.container}/LocalUpload/[0-9a-f]{64}/src$`),
      ),
      isAnonymous: true,
      properties: { hash_sha256: expect.stringMatching(/^[0-9a-f]{64}$/), hash_version: '202208' },
    });
    expect(assets.code!.shown).toMatch(/^src \(content [0-9a-f]{8}\)$/);
    const blobs = await stored(registered.properties['codeUri'] as string);
    expect(blobs.map(({ name: blob }) => blob)).toEqual(['src/pkg/util.py', 'src/score.py']);
    expect(blobs[0]!.metadata).toEqual({ upload_status: 'completed', name, version: '1' });
    expect(blobs.every(({ md5 }) => md5 !== undefined)).toBe(true);
  });

  test('is not sent a second time, neither in the same run nor in the next', async () => {
    await code({ 'score.py': unique() });
    const run = await openRun(azure);
    await Promise.all([publish(run, SPEC), publish(run, deployment({ name: 'green', code: localCode('src') }))]);
    expect(uploaded()).toEqual(['PUT src/score.py', 'PUT src/score.py?comp=metadata']);
    weather.requests.length = 0;
    const before = azure.requests().length;
    await publish(await openRun(azure), SPEC);
    expect(weather.requests).toEqual([]);
    expect(armRequests(azure.requests().slice(before))).toEqual([expect.stringMatching(/^GET codes\/.* 200$/)]);
  });

  test('that the live deployment carries costs no request', async () => {
    await code({ 'score.py': unique() });
    const assets = await publish(await openRun(azure), SPEC);
    const before = azure.requests().length;
    const live = { properties: { codeConfiguration: { codeId: assets.code!.id.toUpperCase() } } };
    const again = await (await openRun(azure)).identify(SPEC, live);
    expect(again.assets.code).toEqual({ id: assets.code!.id.toUpperCase(), shown: assets.code!.shown });
    expect(armRequests(azure.requests().slice(before))).toEqual([]);
  });

  test('that another client registered under a name of its own stays where it is', async () => {
    await code({ 'score.py': unique() });
    const run = await openRun(azure);
    const { code: ours } = await publish(run, SPEC);
    const { properties } = azure.state().assets.find(({ kind }) => kind === 'codes')!;
    const path = '/codes/c0ffee00-0000-4000-8000-000000000000/versions/1';
    await run.workspace.send({ method: 'PUT', path, body: { properties }, repeat: 'never' });
    const codeId = `${run.workspace.id}${path}`;
    const live = { properties: { codeConfiguration: { codeId } } };
    const { assets } = await (await openRun(azure)).identify(SPEC, live);
    expect(assets.code).toEqual({ id: codeId, shown: ours!.shown });
    await code({ 'score.py': unique() });
    const changed = await (await openRun(azure)).identify(SPEC, live);
    expect(changed.assets.code!.id).not.toBe(codeId);
  });

  test('is uploaded without what .amlignore leaves out, links followed', async () => {
    await code({
      'score.py': unique(),
      'data/big.bin': unique(),
      'x.pyc': 'x',
      '.gitignore': 'score.py\n',
      '.amlignore': 'data/\n*.pyc\n',
    });
    await code({ 'shared.py': unique() }, 'lib');
    await symlink('../lib', 'src/lib');
    await symlink('../lib/shared.py', 'src/one.py');
    await publish(await openRun(azure), SPEC);
    expect(uploaded().filter((what) => !what.endsWith('metadata'))).toEqual([
      'PUT src/.amlignore',
      'PUT src/.gitignore',
      'PUT src/lib/shared.py',
      'PUT src/one.py',
      'PUT src/score.py',
    ]);
  });
});

test('rules that would be read in part only are a fault: what they leave out might be uploaded', async () => {
  await code({
    'score.py': unique(),
    '.amlignore': `${'# notes\n'.repeat(140_000)}secrets.json\n`,
    'secrets.json': '{}',
  });
  await expect(publish(await openRun(azure), SPEC)).rejects.toThrow('src/.amlignore is larger than 1 MiB');
});

describe('an upload that breaks off', () => {
  test('is taken up where it stopped, and only what is not whole is sent', async () => {
    await code({ 'a.py': unique(), 'b.py': unique(), 'c.py': unique() });
    weather.trouble(/PUT src\/b\.py$/, { status: 403, code: 'AuthorizationFailure' });
    weather.onRequest = async ({ what }) => {
      if (what === 'PUT src/b.py') await new Promise((resolve) => setTimeout(resolve, 50));
    };
    await expect(publish(await openRun(azure), SPEC)).rejects.toThrow('in words');
    expect(azure.state().assets.filter(({ kind }) => kind === 'codes')).toEqual([]);
    weather.reset();
    await publish(await openRun(azure), SPEC);
    expect(uploaded()).toEqual(['PUT src/a.py?comp=metadata', 'PUT src/b.py']);
  });

  test('with other bytes under a name is sent again', async () => {
    await code({ 'a.py': unique(), 'b.py': unique() });
    weather.trouble(/PUT src\/b\.py$/, { status: 403, code: 'AuthorizationFailure' });
    const run = await openRun(azure);
    const { assets } = await run.identify(SPEC, undefined);
    await expect(run.publish(assets)).rejects.toThrow();
    const { blob } = weather.requests.find(({ what }) => what === 'PUT src/a.py')!;
    await azurite.client.getBlockBlobClient(blob).upload(Buffer.alloc(100, 'x'), 100);
    weather.reset();
    await run.publish(assets);
    expect(uploaded()).toEqual(['PUT src/a.py', 'PUT src/a.py?comp=metadata', 'PUT src/b.py']);
  });

  test.each([
    ['503', { status: 503, code: 'ServerBusy' }],
    ['500', { status: 500 }],
    ['a reset', 'reset'],
    ['an answer that is lost', 'reset-after'],
  ] as const)('%s is waited out', async (_, trouble) => {
    await code({ 'score.py': unique() });
    weather.trouble(/PUT src\/score\.py$/, trouble, 2);
    weather.trouble(/GET/, trouble, 1);
    weather.trouble(/metadata/, trouble, 1);
    await publish(await openRun(azure), SPEC);
    expect(azure.state().assets.filter(({ kind }) => kind === 'codes')).toHaveLength(1);
  });

  test.each([
    ['AuthorizationPermissionMismatch', 403, 'a shared access signature that may'],
    ['AuthorizationFailure', 403, 'network rules'],
    ['ContainerNotFound', 404, 'restore it'],
    ['AuthenticationFailed', 403, 'or a shared access signature that has not run out'],
  ])('%s says what to do', async (word, status, step) => {
    await code({ 'score.py': unique() });
    weather.trouble(/PUT/, { status, code: word }, 9);
    const error = publish(await openRun(azure), SPEC);
    await expect(error).rejects.toMatchObject({
      message: 'in words',
      details: {
        code: word,
        request: expect.stringMatching(/^PUT LocalUpload/),
        nextStep: expect.stringContaining(step),
      },
    });
  });
});

describe('a large file', () => {
  test('goes in blocks, which are read once and put together at the end', async () => {
    const bytes = unique(9 * 1024 * 1024 + 5);
    await writeFile('model.bin', bytes);
    weather.trouble(/comp=block$/, 'reset', 1);
    const assets = await publish(await openRun(azure), deployment({ model: localModel('model.bin') }));
    const puts = uploaded();
    expect(puts.filter((what) => what === 'PUT model.bin?comp=block')).toHaveLength(4);
    expect(puts).toContain('PUT model.bin?comp=blocklist');
    const [, name = ''] = /models\/([0-9a-f]{64})\/versions\/1$/.exec(assets.model!.id)!;
    const uri = azure.state().assets.find((each) => each.name === name)!.properties['modelUri'] as string;
    expect(uri).toMatch(
      /^azureml:\/\/subscriptions\/.*\/datastores\/workspaceblobstore\/paths\/LocalUpload\/[0-9a-f]{64}\/model\.bin$/,
    );
    expect(name).toBe(sha256(/LocalUpload\/([0-9a-f]{64})/.exec(uri)![1]!));
    const blob = azurite.client.getBlobClient(uri.slice(uri.indexOf('LocalUpload')));
    expect(Buffer.compare(await blob.downloadToBuffer(), bytes)).toBe(0);
    const { contentMD5 } = await blob.getProperties();
    expect(Buffer.from(contentMD5!)).toEqual(createHash('md5').update(bytes).digest());
  });

  test('that changes while it is sent is never put together', async () => {
    await writeFile('model.bin', unique(9 * 1024 * 1024));
    weather.onRequest = async ({ what }) => {
      if (!what.endsWith('comp=block')) return;
      // Once: a block that comes in after the end of the test would write to another folder.
      weather.onRequest = () => {};
      await writeFile('model.bin', unique(9 * 1024 * 1024));
    };
    const run = publish(await openRun(azure), deployment({ model: localModel('model.bin') }));
    await expect(run).rejects.toThrow('model.bin changed while it was read');
    expect(uploaded()).not.toContain('PUT model.bin?comp=blocklist');
  });

  test('is not sent on when the time is up', async () => {
    await writeFile('model.bin', unique(60 * 1024 * 1024));
    const run = await openRun(azure);
    weather.onRequest = ({ what }) => {
      if (what.endsWith('comp=block')) run.deps.clock.advance(3_600_000);
    };
    await expect(publish(run, deployment({ model: localModel('model.bin') }))).rejects.toThrow('not finished in time');
    expect(uploaded()).not.toContain('PUT model.bin?comp=blocklist');
  });

  test('tells how far it is, every 15 seconds', async () => {
    await writeFile('model.bin', unique(60 * 1024 * 1024));
    const run = await openRun(azure);
    weather.onRequest = () => run.deps.clock.advance(6_000);
    await publish(run, deployment({ model: localModel('model.bin') }));
    const lines = run.deps.report.texts().filter((line) => line.startsWith('upload'));
    expect(lines[0]).toMatch(/^uploads go to /);
    expect(lines[1]).toBe('uploading model.bin: 62.9 MB in 1 file');
    expect(lines[2]).toMatch(/^uploading model\.bin: \d+\.\d MB of 62\.9 MB, [\d.]+ [kM]B\/s, 0 of 1 file$/);
    expect(lines.at(-1)).toMatch(/^uploaded model\.bin: 62\.9 MB in 1 min/);
  });

  test('is not sent on when the job is cancelled', async () => {
    await writeFile('model.bin', unique(60 * 1024 * 1024));
    const run = await openRun(azure);
    weather.onRequest = ({ what }) => {
      if (what.endsWith('comp=block')) run.deps.cancel();
    };
    await expect(publish(run, deployment({ model: localModel('model.bin') }))).rejects.toThrow('cancelled by a test');
    expect(uploaded().length).toBeLessThan(12);
  });
});

describe('secrets of the storage', () => {
  test('an account key opens it', async () => {
    await code({ 'score.py': unique() });
    azure.fault({
      match: { path: 'listSecrets' },
      then: { status: 200, body: { secretsType: 'AccountKey', key: azurite.key } },
    });
    const run = await openRun(azure);
    await publish(run, SPEC);
    expect(run.deps.report.masked).toContain(azurite.key);
    expect(run.deps.report.texts().join('\n')).toContain('opened with the account key');
  });

  test('a key that the account does not take is explained as a key', async () => {
    await code({ 'score.py': unique() });
    const body = { secretsType: 'AccountKey', key: azurite.key };
    azure.fault({ match: { path: 'listSecrets' }, then: { status: 200, body } });
    weather.trouble(/^GET/, { status: 403, code: 'AuthenticationFailed' });
    await expect(publish(await openRun(azure), SPEC)).rejects.toMatchObject({
      details: {
        code: 'AuthenticationFailed',
        nextStep: expect.stringContaining('holds the present key of storage account stemulator, and the clock'),
      },
    });
  });

  test('a signature that ran out is asked for again', async () => {
    await code({ 'score.py': unique() });
    weather.trouble(/PUT src/, { status: 403, code: 'AuthenticationFailed' });
    const before = azure.requests().length;
    const run = await openRun(azure);
    await publish(run, SPEC);
    expect(armRequests(azure.requests().slice(before)).filter((each) => each.includes('listSecrets'))).toHaveLength(2);
    const shown = JSON.stringify(run.deps.report.lines);
    expect(azure.state().secrets.filter((secret) => shown.includes(secret))).toEqual([]);
  });

  test('are not sent where a redirect leads', async () => {
    await code({ 'score.py': unique() });
    weather.trouble(/PUT src/, { status: 307, location: '/elsewhere' });
    await expect(publish(await openRun(azure), SPEC)).rejects.toThrow('307');
    expect(uploaded()).toEqual(['PUT src/score.py']);
  });
});

describe('models', () => {
  test('a name alone gets the next version, and the same one while the content is the same', async () => {
    await writeFile('model.pkl', unique());
    const spec = deployment({ model: localModel('model.pkl', { name: 'iris' }) });
    expect((await publish(await openRun(azure), spec)).model).toMatchObject({
      id: expect.stringMatching(/models\/iris\/versions\/8$/),
      shown: expect.stringMatching(/^iris:8 \(new\) from model\.pkl \(content [0-9a-f]{8}\)$/),
    });
    const { assets } = await (await openRun(azure)).identify(spec, undefined);
    expect(assets.model).toEqual({
      id: expect.stringMatching(/models\/iris\/versions\/8$/),
      shown: expect.stringMatching(/^iris:8 from model\.pkl/),
    });
    await rename('model.pkl', 'other.pkl');
    const renamed = await (
      await openRun(azure)
    ).identify(deployment({ model: localModel('other.pkl', { name: 'iris' }) }), undefined);
    expect(renamed.assets.model!.id).toMatch(/versions\/9$/);
  });

  test('without a name are told apart by what they are called in the container', async () => {
    const bytes = unique();
    await writeFile('a.pkl', bytes);
    await writeFile('b.pkl', bytes);
    const [a, b] = [localModel('a.pkl'), localModel('b.pkl')];
    // In one run, where neither is registered yet.
    const run = await openRun(azure);
    const first = await run.identify(deployment({ model: a }), undefined);
    const second = await run.identify(deployment({ name: 'green', model: b }), undefined);
    expect(second.assets.model!.id).not.toBe(first.assets.model!.id);
    await run.publish(second.assets);
    await run.publish(first.assets);
    const uriOf = ({ assets }: typeof first): unknown =>
      azure.state().assets.find(({ name }) => assets.model!.id.includes(`/${name}/`))!.properties['modelUri'];
    expect([uriOf(first), uriOf(second)]).toEqual([
      expect.stringMatching(/\/a\.pkl$/),
      expect.stringMatching(/\/b\.pkl$/),
    ]);
    // And where live carries the other one.
    const live = (of: typeof first) => ({ properties: { model: of.assets.model!.id } });
    const next = await openRun(azure);
    const renamed = await next.identify(deployment({ model: b }), live(first));
    expect(renamed.assets.model!.id).toBe(second.assets.model!.id);
    expect((await next.identify(deployment({ model: a }), live(first))).assets.model!.make).toBeUndefined();
  });

  test('in folders are told apart by where each file lies, and found where az ml has put them', async () => {
    const bytes = unique();
    await code({ 'model/src/a.py': bytes, 'model/src/util.py': '' }, '.');
    const spec = deployment({ model: localModel('model') });
    const run = await openRun(azure);
    const before = await publish(run, spec);
    await rename('model/src/util.py', 'model/util.py');
    const live = { properties: { model: before.model!.id } };
    const moved = await (await openRun(azure)).identify(spec, live);
    expect(moved.assets.model!.id).not.toBe(before.model!.id);
    const { knownAs } = await readContent(hostFiles, 'model', run.deps.signal);
    const path = `/models/${modelName(knownAs!)}/versions/1`;
    const properties = { modelUri: `azureml://x/paths/LocalUpload/${knownAs}/model`, modelType: 'custom_model' };
    await run.workspace.send({ method: 'PUT', path, body: { properties }, repeat: 'never' });
    const theirs = { properties: { model: `${run.workspace.id}${path}` } };
    const same = await (await openRun(azure)).identify(spec, theirs);
    expect(same.assets.model).toMatchObject({ id: theirs.properties.model });
    expect(same.assets.model!.make).toBeUndefined();
  });

  test('a version keeps its content', async () => {
    await writeFile('model.pkl', unique());
    const spec = deployment({ model: localModel('model.pkl', { name: 'iris', version: '7' }) });
    const { assets, faults } = await (await openRun(azure)).identify(spec, undefined);
    expect(assets).toEqual({});
    expect(faults).toEqual([
      {
        file: 'blue.yml',
        line: 3,
        column: 1,
        message: expect.stringMatching(/^model iris:7 is registered with different content.*increase `version`/),
      },
    ]);
  });

  test('two contents of one name get two versions', async () => {
    await writeFile('a.pkl', unique());
    await writeFile('b.pkl', unique());
    const run = await openRun(azure);
    const [a, b] = await Promise.all(
      ['a.pkl', 'b.pkl'].map((path) => publish(run, deployment({ model: localModel(path, { name: 'rose' }) }))),
    );
    expect([a!.model!.id, b!.model!.id].map((id) => id.slice(-1)).toSorted()).toEqual(['1', '2']);
  });
});

describe('faults', () => {
  test.each([
    ['src', {}, 'src is not there'],
    ['src', { 'src/.amlignore': '*\n' }, 'src has no files that .amlignore does not leave out; an asset needs one'],
    ['..', {}, '.. is outside the working directory, and nothing there is uploaded'],
  ])('%s with %j', async (path, files, message) => {
    await code(files, '.');
    const { assets, faults } = await (await openRun(azure)).identify(deployment({ code: localCode(path) }), undefined);
    expect(assets).toEqual({});
    expect(faults).toEqual([{ file: 'blue.yml', line: 4, column: 1, message }]);
  });

  test('links that lead out, to nothing or in a circle', async () => {
    await code({ 'a.py': 'x' });
    const fault = async () => (await (await openRun(azure)).identify(SPEC, undefined)).faults[0]?.message;
    await symlink('/etc/hostname', 'src/out');
    expect(await fault()).toContain('out is a link out of the working directory');
    await code({ '.amlignore': 'out\n' });
    expect(await fault()).toBeUndefined();
    await symlink('nowhere', 'src/lost');
    expect(await fault()).toContain('lost is a link to something that is not there');
    await code({ '.amlignore': 'out\nlost\n' });
    await symlink('..', 'src/round');
    expect(await fault()).toMatch(/is a link to a folder above it/);
    await rm('src/.amlignore');
    await symlink('/etc/hostname', 'src/.amlignore');
    expect(await fault()).toBe('src/.amlignore is a link out of the working directory, and nothing there is read');
  });
});

interface Seen {
  readonly name: string;
  readonly md5: string | undefined;
  readonly metadata: Record<string, string> | undefined;
}

async function stored(uri: string): Promise<Seen[]> {
  const prefix = uri.slice(uri.indexOf('LocalUpload'));
  const found: Seen[] = [];
  for await (const { name, properties, metadata } of azurite.client.listBlobsFlat({ prefix, includeMetadata: true })) {
    const md5 = properties.contentMD5 && Buffer.from(properties.contentMD5).toString('hex');
    found.push({ name: name.replace(/^LocalUpload\/[^/]+\//, ''), md5, metadata });
  }
  return found;
}
