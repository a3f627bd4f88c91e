import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Files } from '../../../src/deps.ts';
import { faultLine } from '../../../src/failure.ts';
import { hostFiles } from '../../../src/host.ts';
import { loadEndpoints } from '../../../src/spec/load.ts';
import type { SpecRequest } from '../../../src/spec/model.ts';
import { filesIn } from './reading.ts';

const request: SpecRequest = { folder: 'endpoints', select: ['*'], overrides: [], env: {} };
const named = (name: string): string => `name: ${name}\n`;
const failing = (code: string): Error => Object.assign(new Error(`${code}: x`), { code });

async function load(contents: Parameters<typeof filesIn>[1], changed: Partial<SpecRequest> = {}) {
  const { specs, faults } = await loadEndpoints(filesIn('endpoints', contents), { ...request, ...changed });
  return { names: specs.map(({ name }) => name), faults: faults.map(faultLine) };
}

describe('what counts as an endpoint', () => {
  test('*.yml and *.yaml without a dot in the stem, sorted by name', async () => {
    const contents = {
      'wine.yaml': named('wine'), 'Iris.YML': named('iris'), 'iris.prod.yml': '?', '.hidden.yml': '?', 'README.md': '?', 'a.yml.bak': '?',
    }; // prettier-ignore
    expect(await load(contents)).toEqual({ names: ['iris', 'wine'], faults: [] });
  });

  test('the folder of the fixtures', async () => {
    const disk: Pick<Files, 'list' | 'read' | 'stat'> = {
      ...filesIn('', {}),
      list: (folder) => readdir(folder).then((names) => names.sort()),
      read: async (path) => readFile(path),
    };
    const folder = '__tests__/fixtures/spec/endpoints/';
    const { specs, faults } = await loadEndpoints(disk, { ...request, folder, env: { OWNER: 'ml', BLUE: '90' } });
    expect(faults).toEqual([]);
    expect(specs).toEqual([
      {
        name: 'iris',
        file: `${folder}iris.yml`,
        kind: 'managed',
        description: 'Predicts the species of an iris',
        authMode: 'Key',
        tags: { owner: 'ml', 'cost-centre': '0042' },
        traffic: { blue: 90, green: 10 },
        positions: expect.any(Map),
        placeholders: new Map([
          ['tags.owner', '${{ env.OWNER }}'],
          ['traffic.blue', '{{BLUE}}'],
        ]),
        names: new Map(),
      },
      {
        name: 'wine',
        file: `${folder}Wine.YAML`,
        kind: 'kubernetes',
        compute: 'cluster',
        authMode: 'AMLToken',
        identity: { type: 'UserAssigned', userAssigned: [expect.stringContaining('/userAssignedIdentities/wine')] },
        positions: expect.any(Map),
        placeholders: new Map(),
        names: new Map(),
      },
    ]);
    expect(specs[0]?.positions.get('traffic.blue')).toEqual({ file: `${folder}iris.yml`, line: 9, column: 3 });
  });
});

describe('the folder', () => {
  test.each([
    ['missing', { folder: 'models' }, 'models/ not found; is actions/checkout missing?'],
    ['missing, with a slash', { folder: 'models//' }, 'models/ not found; is actions/checkout missing?'],
    ['of this directory', { folder: '' }, './ not found; is actions/checkout missing?'],
    ['without endpoints', {}, 'endpoints/ has no endpoints; write endpoints/<endpoint>.yml'],
  ])('%s', async (_, changed, fault) => {
    expect(await load({ 'iris.prod.yml': '?' }, changed)).toEqual({ names: [], faults: [fault] });
  });

  test('that is a file', async () => {
    const stat = async () => ({ kind: 'file', size: 1, modified: 0, real: '/act.sh', inside: true }) as const;
    const { faults } = await loadEndpoints({ ...filesIn('x', {}), stat }, { ...request, folder: 'act.sh' });
    expect(faults.map(faultLine)).toEqual([
      'act.sh is not a folder; `endpoints-dir` is the folder with one YAML file per endpoint',
    ]);
  });

  test('unreadable', async () => {
    const files = { ...filesIn('endpoints', {}), list: () => Promise.reject(failing('EACCES')) };
    const { faults } = await loadEndpoints(files, request);
    expect(faults.map(faultLine)).toEqual(['endpoints: endpoints/ cannot be read: permission denied']);
  });
});

test('what is no file, such as a pipe, is not waited for', async () => {
  const stat = async () => ({ kind: 'other', size: 0, modified: 0, real: '/x', inside: true }) as const;
  const { faults } = await loadEndpoints({ ...filesIn('endpoints', { 'iris.yml': '' }), stat }, request);
  expect(faults.map(faultLine)).toEqual(['endpoints/iris.yml: is neither a file nor a folder']);
});

describe('links', () => {
  let root: string;
  const home = process.cwd();
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'links-'));
    await mkdir(join(root, 'work/endpoints'), { recursive: true });
    await mkdir(join(root, 'elsewhere'));
    await writeFile(join(root, 'elsewhere/iris.yml'), 'name: iris\n');
    await writeFile(join(root, 'secret'), 'AKIA1234567890');
    process.chdir(join(root, 'work'));
  });
  afterEach(async () => {
    process.chdir(home);
    await rm(root, { recursive: true });
  });
  const outside = (file: string) => `${file}: is outside the working directory; nothing outside it is read`;
  const loaded = async (folder: string) => {
    const { specs, faults } = await loadEndpoints(hostFiles, { ...request, folder });
    return [...specs.map(({ file }) => file), ...faults.map(faultLine)];
  };

  test('that lead out of the working directory are not followed', async () => {
    await symlink('../../secret', 'endpoints/iris.yml');
    expect(await loaded('endpoints')).toEqual([outside('endpoints/iris.yml')]);
    await symlink('../elsewhere', 'linked');
    expect(await loaded('linked')).toEqual([outside('linked/iris.yml')]);
  });

  test('inside it are, and so is a folder outside that was named itself', async () => {
    await writeFile('one.yml', 'name: iris\n');
    await symlink('../one.yml', 'endpoints/iris.yml');
    expect(await loaded('endpoints')).toEqual(['endpoints/iris.yml']);
    expect(await loaded('../elsewhere')).toEqual(['../elsewhere/iris.yml']);
    expect(await loaded(join(root, 'elsewhere'))).toEqual([join(root, 'elsewhere/iris.yml')]);
    await symlink('../secret', '../elsewhere/wine.yml');
    expect(await loaded('../elsewhere')).toEqual(['../elsewhere/iris.yml', outside('../elsewhere/wine.yml')]);
  });
});

describe('files that are no text', () => {
  test.each<[string, string | Uint8Array | Error, string]>([
    ['too large', '#'.repeat(1024 * 1024 + 1), ':1:1: is larger than 1 MiB, the limit for YAML files'],
    ['UTF-16, marked', Buffer.from('\uFEFFname: iris', 'utf16le'), ':1:1: is written in UTF-16; save it as UTF-8'],
    [
      'UTF-16, big end first',
      Buffer.from('\uFEFFname: iris', 'utf16le').swap16(),
      ':1:1: is written in UTF-16; save it as UTF-8',
    ],
    ['UTF-16, unmarked', Buffer.from('name: iris', 'utf16le'), ':1:1: is written in UTF-16; save it as UTF-8'],
    [
      'UTF-16, unmarked, big end first',
      Buffer.from('name: iris', 'utf16le').swap16(),
      ':1:1: is written in UTF-16; save it as UTF-8',
    ],
    ['binary', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0]), ':1:1: is not text: it contains a NUL byte'],
    ['Latin-1', Buffer.from('name: iris # é', 'latin1'), ':1:1: is not valid UTF-8; save it as UTF-8'],
    ['forbidden', failing('EACCES'), ': cannot be read: permission denied'],
    ['a folder', failing('EISDIR'), ': cannot be read: it is a folder'],
    ['gone', failing('ENOENT'), ': cannot be read: it no longer exists'],
    ['on a broken disk', failing('EIO'), ': cannot be read: EIO'],
    ['strange', new Error('no idea'), ': cannot be read: Error: no idea'],
  ])('%s', async (_, content, fault) => {
    expect(await load({ 'iris.yml': content })).toEqual({ names: [], faults: [`endpoints/iris.yml${fault}`] });
  });

  test('a byte order mark is no fault, and columns do not count it', async () => {
    const { faults } = await load({ 'iris.yml': '\uFEFFname: irys' });
    expect(faults).toEqual([
      'endpoints/iris.yml:1:7: name is irys but the file is iris.yml; write name: iris, or git mv endpoints/iris.yml endpoints/irys.yml',
    ]);
  });

  test('as large as can be', async () => {
    const largest = named('iris') + '#'.repeat(1024 * 1024 - named('iris').length);
    expect((await load({ 'iris.yml': largest })).faults).toEqual([]);
  });
});

describe('selection', () => {
  const contents = { 'iris.yml': named('iris'), 'wine.yml': named('wine'), 'broken.yml': 'a' };

  test('by name, whatever the case, and by glob; others are not even read', async () => {
    expect(await load(contents, { select: ['IRIS', 'w*'] })).toEqual({ names: ['iris', 'wine'], faults: [] });
  });

  test.each([
    ['irys', 'endpoints/irys.yml not found; did you mean iris?'],
    ['boston', 'endpoints/boston.yml not found; the folder has: broken, iris, wine'],
    ['x*', 'no endpoint in endpoints/ matches x*; the folder has: broken, iris, wine'],
    [
      'iris.yml',
      `"iris.yml" is not an endpoint's name (3 to 32 letters, digits and hyphens, with a letter first and a letter or digit last); did you mean iris?`,
    ],
  ])('%s', async (word, fault) => {
    expect(await load(contents, { select: [word] })).toEqual({ names: [], faults: [fault] });
  });

  test('nothing selected is a fault', async () => {
    expect(await load(contents, { select: [] })).toEqual({
      names: [],
      faults: ['no endpoint is named; write its name, or * for all'],
    });
  });

  test('a long list is cut', async () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`e${index}xx.yml`, '']));
    const { faults } = await load(many, { select: ['boston'] });
    expect(faults[0]).toMatch(/the folder has: e0xx, .* and 2 more$/);
  });

  test('a name that no endpoint can have is told by its file', async () => {
    const { faults } = await load({ 'my_iris.yml': 'description: x', 'my_wine.yml': 'name: my-wine' });
    expect(faults).toEqual([
      'endpoints/my_iris.yml:1:1: name is missing; write name: <endpoint>',
      'endpoints/my_wine.yml:1:7: name is my-wine but the file is my_wine.yml; git mv endpoints/my_wine.yml endpoints/my-wine.yml',
    ]);
  });
});

test('two files for one endpoint are faults of both', async () => {
  expect(await load({ 'iris.yml': named('iris'), 'Iris.yaml': named('iris'), 'wine.yml': named('wine') })).toEqual({
    names: ['wine'],
    faults: [
      'endpoints/Iris.yaml:1:1: endpoints/iris.yml describes the endpoint iris too; keep one of the two',
      'endpoints/iris.yml:1:1: endpoints/Iris.yaml describes the endpoint iris too; keep one of the two',
    ],
  });
});

test('faults of all files come at once, by file, line and column', async () => {
  const contents = { 'b.yml': 'foo: 1\nbar: 2', 'a.yml': 'x: {{NOPE}}', 'iris.yml': named('iris') };
  const { names, faults } = await load(contents, { select: ['*', 'boston'] });
  expect(names).toEqual(['iris']);
  expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
    'endpoints/boston.yml', 'endpoints/a.yml:1:1:', 'endpoints/a.yml:1:1:', 'endpoints/a.yml:1:4:',
    'endpoints/b.yml:1:1:', 'endpoints/b.yml:1:1:', 'endpoints/b.yml:2:1:',
  ]); // prettier-ignore
});

describe('overrides', () => {
  const overrides = [{ path: 'tags.a', value: 'x' }];

  test('with one endpoint', async () => {
    const files = filesIn('endpoints', { 'iris.yml': named('iris'), 'wine.yml': named('wine') });
    const { specs } = await loadEndpoints(files, { ...request, select: ['iris'], overrides });
    expect(specs[0]?.tags).toEqual({ a: 'x' });
  });

  test('with several', async () => {
    expect(await load({ 'iris.yml': named('iris'), 'wine.yml': named('wine') }, { overrides })).toEqual({
      names: ['iris', 'wine'],
      faults: ['set, traffic and mirror-traffic need exactly one endpoint; selected: iris, wine'],
    });
  });
});

test('few files of a large folder are open at once', async () => {
  const names = Array.from({ length: 300 }, (_, index) => `iris-${index}`);
  const files = filesIn('endpoints', Object.fromEntries(names.map((name) => [`${name}.yml`, named(name)])));
  let [open, most] = [0, 0];
  const read: Files['read'] = async (path, limit) => {
    most = Math.max(most, ++open);
    await new Promise(setImmediate);
    open--;
    return files.read(path, limit);
  };
  expect((await loadEndpoints({ ...files, read }, request)).specs).toHaveLength(300);
  expect(most).toBeLessThanOrEqual(50);
});
