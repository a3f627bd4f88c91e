import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Files } from '../../../../src/deps.ts';
import { faultLine } from '../../../../src/failure.ts';
import { hostFiles } from '../../../../src/host.ts';
import { type DeploymentsRequest, loadDeployments } from '../../../../src/spec/deployment/load.ts';
import { fakeDeps } from '../../../support/fake-deps.ts';

const deployment = (name: string, more = ''): string => `name: ${name}\ninstance_type: Standard_DS3_v2\n${more}`;
const request: DeploymentsRequest = { folder: 'endpoints', endpoints: ['iris'], patterns: [], env: {} };

async function load(files: Readonly<Record<string, string>>, changed: Partial<DeploymentsRequest> = {}) {
  return summary(fakeDeps({ files }).files, changed);
}

async function summary(files: Files, changed: Partial<DeploymentsRequest>) {
  const { deployments, faults } = await loadDeployments(files, { ...request, ...changed });
  return {
    found: deployments.map(({ endpoint, name, file }) => `${endpoint}/${name} ${file}`),
    faults: faults.map(faultLine),
  };
}

describe('without patterns', () => {
  test('the folders of the selected endpoints are read, case aside, and sorted', async () => {
    const files = {
      'endpoints/iris.yml': '?',
      'endpoints/Iris/deployments/green.yaml': deployment('green'),
      'endpoints/Iris/deployments/Blue.YML': deployment('blue'),
      'endpoints/Iris/deployments/blue.prod.yml': '?',
      'endpoints/Iris/deployments/notes.txt': '?',
      'endpoints/Iris/deployments/deeper/red.yml': '?',
      'endpoints/Iris/rollout.yml': '?',
      'endpoints/wine/deployments/red.yml': deployment('red', 'endpoint_name: wine\n'),
      'endpoints/rice/deployments/white.yml': '?',
    };
    expect(await load(files, { folder: 'endpoints/', endpoints: ['wine', 'iris'] })).toEqual({
      found: [
        'iris/blue endpoints/Iris/deployments/Blue.YML',
        'iris/green endpoints/Iris/deployments/green.yaml',
        'wine/red endpoints/wine/deployments/red.yml',
      ],
      faults: [],
    });
  });

  test('a dot marks a variant of a file that is there; else nobody would know that it is not read', async () => {
    const files = {
      'endpoints/iris/deployments/red.v2.yml': deployment('red'),
      'endpoints/iris/deployments/.x.yml': '',
    };
    expect(await load(files)).toEqual({
      found: [],
      faults: [
        'endpoints/iris/deployments/red.v2.yml: describes no deployment: a dot marks a variant of red.yml, which is not there; call the file like the deployment',
      ],
    });
  });

  test('nor does a folder whose name is misspelt pass in silence', async () => {
    const files = { 'endpoints/iris/deployment/red.yml': deployment('red') };
    const fault = 'endpoints/iris/deployment: is not read; deployments lie in endpoints/iris/deployments/';
    expect(await load(files)).toEqual({ found: [], faults: [fault] });
    expect(await load({ 'endpoints/iris/deployment/notes.txt': '' })).toEqual({ found: [], faults: [] });
  });

  test('no folder, no deployments', async () => {
    expect(await load({ 'endpoints/iris.yml': '?' })).toEqual({ found: [], faults: [] });
    expect(await load({ 'endpoints/iris/rollout.yml': '?' })).toEqual({ found: [], faults: [] });
    expect(await load({ 'README.md': '?' })).toEqual({ found: [], faults: [] });
    expect(await load({ 'endpoints/iris/deployments/blue.yml': '?' }, { endpoints: [] })).toEqual({
      found: [],
      faults: [],
    });
  });

  test('the file is called like the deployment and belongs to its endpoint', async () => {
    const files = {
      'endpoints/iris/deployments/blue.yml': deployment('green'),
      'endpoints/iris/deployments/red.yml': deployment('red', 'endpoint_name: wine'),
    };
    expect((await load(files, { endpoints: ['iris', 'wine'] })).faults).toEqual([
      'endpoints/iris/deployments/blue.yml:1:7: name is green but the file is blue.yml; write name: blue, or git mv endpoints/iris/deployments/blue.yml endpoints/iris/deployments/green.yml',
      'endpoints/iris/deployments/red.yml:3:16: endpoint_name wine is not the endpoint iris',
    ]);
  });

  test('two files for one deployment are faulty both, and neither is taken', async () => {
    const files = {
      'endpoints/iris/deployments/blue.yml': deployment('blue'),
      'endpoints/iris/deployments/Blue.yaml': deployment('Blue'),
      'endpoints/iris/deployments/green.yml': deployment('green'),
    };
    expect(await load(files)).toEqual({
      found: ['iris/green endpoints/iris/deployments/green.yml'],
      faults: [
        'endpoints/iris/deployments/Blue.yaml:1:1: endpoints/iris/deployments/blue.yml describes deployment blue of endpoint iris too; keep one of the two',
        'endpoints/iris/deployments/blue.yml:1:1: endpoints/iris/deployments/Blue.yaml describes deployment blue of endpoint iris too; keep one of the two',
      ],
    });
  });

  test('a twin is told although it has other faults', async () => {
    const files = {
      'endpoints/iris/deployments/blue.yml': deployment('blue', 'instance_count: 0'),
      'endpoints/iris/deployments/blue.yaml': deployment('blue'),
    };
    expect((await load(files)).faults).toHaveLength(3);
  });

  test('an endpoint has at most 20', async () => {
    const names = Array.from({ length: 22 }, (_, index) => `d${String(index).padStart(2, '0')}`);
    const files = Object.fromEntries(names.map((name) => [`endpoints/iris/deployments/${name}.yml`, deployment(name)]));
    expect((await load(files)).faults).toEqual([
      'endpoints/iris/deployments/d20.yml:1:1: endpoint iris has 22 deployments here; Azure takes at most 20',
    ]);
  });

  test('faults of all files come together, by file', async () => {
    const files = {
      'endpoints/iris/deployments/b.yml': 'name: b',
      'endpoints/iris/deployments/a-1.yml': deployment('a-1', 'instance_count: 0'),
      'endpoints/iris/deployments/c-1.yml': '\0',
    };
    expect((await load(files)).faults.map((line) => line.split(': ')[0])).toEqual([
      'endpoints/iris/deployments/a-1.yml:3:17',
      'endpoints/iris/deployments/b.yml:1:1',
      'endpoints/iris/deployments/b.yml:1:7',
      'endpoints/iris/deployments/c-1.yml:1:1',
    ]);
  });

  test('a folder that cannot be read is a fault', async () => {
    const { files } = fakeDeps({ files: { 'endpoints/iris/deployments/blue.yml': '?' } });
    const denied = { ...files, entries: async () => Promise.reject(Object.assign(new Error('x'), { code: 'EACCES' })) };
    expect(await summary(denied, {})).toEqual({
      found: [],
      faults: ['endpoints: endpoints/ cannot be read: permission denied'],
    });
  });
});

describe('with patterns', () => {
  const files = {
    'ml/blue.yml': deployment('blue'),
    'ml/any-name.yaml': deployment('green', 'endpoint_name: iris'),
    'ml/deep/er/red.yml': deployment('red'),
    'ml/deep/README.md': '?',
    'ml/.hidden/grey.yml': '?',
    'node_modules/x/grey.yml': '?',
    'black.txt': deployment('black'),
  };

  test.each([
    [['ml/blue.yml'], ['iris/blue ml/blue.yml']],
    [['./ml//blue.yml', 'ml/*.yml'], ['iris/blue ml/blue.yml']],
    [['ml/*'], ['iris/blue ml/blue.yml', 'iris/green ml/any-name.yaml']],
    [['ml/**'], ['iris/blue ml/blue.yml', 'iris/green ml/any-name.yaml', 'iris/red ml/deep/er/red.yml']],
    [['**/*.yml'], ['iris/blue ml/blue.yml', 'iris/red ml/deep/er/red.yml']],
    [['**/**/er/*.yml'], ['iris/red ml/deep/er/red.yml']],
    [['ml/deep/**/red.yml'], ['iris/red ml/deep/er/red.yml']],
    [['*/b?ue.yml'], ['iris/blue ml/blue.yml']],
    [['black.txt'], ['iris/black black.txt']],
  ])('%j', async (patterns, found) => {
    expect(await load(files, { patterns })).toEqual({ found, faults: [] });
  });

  test.each([
    ['ml/bleu.yml', 'not found; did you mean ml/blue.yml?'],
    ['nowhere/x.yml', 'not found'],
    ['ml/deep/*', 'matches no .yml or .yaml file'],
    ['ml', 'is a folder; write ml/*.yml'],
    ['../other/*.yml', 'is outside the working directory'],
    ['/etc/*.yml', 'matches no .yml or .yaml file'],
  ])('%s', async (pattern, fault) => {
    expect(await load(files, { patterns: [pattern] })).toEqual({
      found: [],
      faults: [`deployments: ${pattern} ${fault}`],
    });
  });

  test('a file tells its endpoint unless one is selected, and only of selected ones', async () => {
    const endpoints = ['iris', 'wine'];
    expect(await load(files, { patterns: ['ml/blue.yml', 'ml/any-name.yaml'], endpoints })).toEqual({
      found: ['iris/green ml/any-name.yaml'],
      faults: ['ml/blue.yml:1:1: endpoint_name is missing; write which of iris, wine it belongs to'],
    });
    expect((await load(files, { patterns: ['ml/any-name.yaml'], endpoints: ['wine', 'rice'] })).faults).toEqual([
      'ml/any-name.yaml:3:16: endpoint_name iris is none of the selected endpoints: wine, rice',
    ]);
  });

  test('the folders of the endpoints are not read', async () => {
    const both = { ...files, 'endpoints/iris/deployments/white.yml': deployment('white') };
    expect((await load(both, { patterns: ['ml/blue.yml'] })).found).toEqual(['iris/blue ml/blue.yml']);
  });
});

describe('on a disk', () => {
  const home = process.cwd();
  let folder: string | undefined;

  afterEach(async () => {
    process.chdir(home);
    if (folder) await rm(folder, { recursive: true });
  });

  test('links that lead out or back are not followed', async () => {
    folder = await mkdtemp(join(tmpdir(), 'deployments-'));
    const contents = {
      'outside/secret.yml': deployment('secret'),
      'work/ml/blue.yml': deployment('blue'),
      'work/endpoints/iris/deployments/green.yml': deployment('green'),
    };
    for (const [path, text] of Object.entries(contents)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    process.chdir(join(folder, 'work'));
    await symlink('../../outside', 'ml/out');
    await symlink('.', 'ml/back');
    await symlink('../../../../outside/secret.yml', 'endpoints/iris/deployments/secret.yml');
    expect(await summary(hostFiles, { patterns: ['ml/**'] })).toEqual({ found: ['iris/blue ml/blue.yml'], faults: [] });
    expect(await summary(hostFiles, { patterns: ['ml/out/secret.yml'] })).toEqual({
      found: [],
      faults: ['deployments: ml/out/secret.yml is outside the working directory'],
    });
    // The way there from the root leads through folders that are not the user's.
    const whole = process.cwd();
    expect((await summary(hostFiles, { patterns: [`${whole}/ml/*.yml`] })).found).toEqual([
      `iris/blue ${whole}/ml/blue.yml`,
    ]);
    expect(await summary(hostFiles, { patterns: [join(folder, 'outside/*.yml')] })).toEqual({
      found: [],
      faults: [`deployments: ${folder}/outside/*.yml matches no .yml or .yaml file`],
    });
    expect(await summary(hostFiles, {})).toEqual({
      found: ['iris/green endpoints/iris/deployments/green.yml'],
      faults: ['endpoints/iris/deployments/secret.yml: is outside the working directory; nothing outside it is read'],
    });
  });
});
