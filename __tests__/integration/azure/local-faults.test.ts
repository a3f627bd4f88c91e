import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Files } from '../../../src/deps.ts';
import { hostFiles } from '../../../src/host.ts';
import { validate } from '../../../src/operations/validate.ts';
import { type Azure, IRIS, startAzure } from '../../support/azure.ts';
import { fakeDeps } from '../../support/fake-deps.ts';
import { enterFolder } from '../../support/folder.ts';
import { faultLine, InputFaults } from '../../../src/failure.ts';

let azure: Azure;
let folder: Awaited<ReturnType<typeof enterFolder>>;
beforeAll(async () => {
  azure = await startAzure({ seed: { workspaces: [{ name: 'ws-emulator', endpoints: [IRIS] }] } });
});
beforeEach(async () => {
  folder = await enterFolder();
});
afterEach(() => folder.leave());
afterAll(() => azure.close());

const MACHINE = 'instance_type: Standard_DS3_v2\ninstance_count: 1\n';
const BLUE = 'endpoints/iris/deployments/blue.yml';

async function make(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}

/** A blue deployment of iris: four lines, and then these. */
async function blue(lines: string, files: Readonly<Record<string, string>> = {}): Promise<void> {
  await make({ 'endpoints/iris.yml': 'name: iris\n', [BLUE]: `name: blue\n${MACHINE}${lines}\n`, ...files });
}

const request = { folder: 'endpoints', select: ['*'], overrides: [], env: {} };

/** All faults that `validate` finds, as a terminal shows them. */
async function faults(env: Readonly<Record<string, string>> = {}, files: Files = hostFiles): Promise<string[]> {
  const config = { operation: 'validate', request: { ...request, env }, deployments: [], policy: '' } as const;
  try {
    await validate(config, { ...fakeDeps(), files });
    return [];
  } catch (error) {
    if (!(error instanceof InputFaults)) throw error;
    return error.faults.map(faultLine);
  }
}

const CODE = 'environment: {image: python}\ncode_configuration:\n  code: ../../../src\n  scoring_script: score.py';
const MODEL = 'model:\n  path: ../../../model';
const score = { 'src/score.py': 's' };

describe('validate finds what keeps local files from being uploaded', () => {
  test('a folder with nothing in it', async () => {
    await blue(MODEL);
    await mkdir('model');
    expect(await faults()).toEqual([`${BLUE}:5:3: model has no files; an asset needs one`]);
  });

  test.each([
    ['../../elsewhere', 'src/link is a link out of the working directory, and nothing there is uploaded'],
    ['nowhere', 'src/link is a link to something that is not there'],
    ['..', 'src/link/src is a link to a folder above it, which has no end'],
    ['.', 'src/link is a link to a folder above it, which has no end'],
  ])('a link to %s', async (target, message) => {
    await blue(CODE, score);
    await symlink(target === '../../elsewhere' ? dirname(folder.path) : target, 'src/link');
    expect(await faults()).toEqual([`${BLUE}:6:3: ${message}`]);
    await writeFile('src/.amlignore', 'link\n');
    expect(await faults()).toEqual([]);
  });

  test('rules that leave out the scoring script or the Dockerfile', async () => {
    const build = 'environment:\n  build:\n    path: ../../../src\n    dockerfile_path: Dockerfile.scoring';
    const code = 'code_configuration: {code: ../../../src, scoring_script: ./pkg/score.py}';
    const files = { 'src/pkg/score.py': 's', 'src/Dockerfile.scoring': 'FROM x' };
    await blue(`${build}\n${code}`, files);
    expect(await faults()).toEqual([]);
    await make({ 'src/.amlignore': '*.py\nDocker*\n' });
    expect(await faults()).toEqual([
      `${BLUE}:7:5: its Dockerfile is not uploaded: the ignore file of src leaves it out`,
      `${BLUE}:8:42: the scoring script is not uploaded: the ignore file of src leaves it out`,
    ]);
    await blue(build.replace(/\n +dockerfile_path.*/, ''), { 'src/Dockerfile': 'FROM x' });
    expect(await faults()).toEqual([
      `${BLUE}:6:5: its Dockerfile is not uploaded: the ignore file of src leaves it out`,
    ]);
  });

  test('an MLflow model that is none', async () => {
    await blue(`${MODEL}\n  type: mlflow_model`, { 'model/deeper/MLmodel': '' });
    expect(await faults()).toEqual([`${BLUE}:5:3: model has no file MLmodel, which an mlflow_model needs at its top`]);
    await make({ 'model/MLmodel': '' });
    expect(await faults()).toEqual([]);
  });

  test('what belongs to Git', async () => {
    await blue(CODE, { ...score, 'src/.git/config': '' });
    expect(await faults()).toEqual([
      `${BLUE}:6:3: src/.git/config belongs to Git, may hold a token, and is not uploaded; add \`.git/\` to .amlignore of that folder`,
    ]);
  });

  test('rules that are too long to be rules', async () => {
    await blue(CODE, { ...score, 'src/.amlignore': '#'.repeat(1024 * 1024 + 1) });
    expect(await faults()).toEqual([`${BLUE}:6:3: src/.amlignore is larger than 1 MiB, which no list of rules needs`]);
  });

  test('a folder that may not be looked into', async () => {
    await blue(CODE, score);
    const entries = async (path: string): Promise<string[]> => {
      if (path === 'src') throw Object.assign(new Error('EACCES'), { code: 'EACCES', path });
      return hostFiles.entries(path);
    };
    expect(await faults({}, { ...hostFiles, entries })).toEqual([`${BLUE}:6:3: src cannot be read (EACCES)`]);
  });

  test('and says none of it by the value of a placeholder', async () => {
    await blue('model:\n  path: ../../../{{DIR}}\n  type: mlflow_model', { 'hidden/x': '' });
    const shown = `${BLUE}:5:3: ../../../{{DIR}}`;
    expect(await faults({ DIR: 'hidden' })).toEqual([
      `${shown} has no file MLmodel, which an mlflow_model needs at its top`,
    ]);
    await symlink('nowhere', 'hidden/link');
    expect(await faults({ DIR: 'hidden' })).toEqual([`${shown}/link is a link to something that is not there`]);
  });

  test('together with all other faults of the file and of others', async () => {
    await blue(`${MODEL}\ninstance_kind: none`, { 'endpoints/rose.yml': 'nam: rose\n' });
    await mkdir('model');
    expect(await faults()).toEqual([
      expect.stringContaining('endpoints/rose.yml:1:1: '),
      expect.stringContaining('endpoints/rose.yml:1:1: '),
      `${BLUE}:5:3: model has no files; an asset needs one`,
      expect.stringContaining(`${BLUE}:6:1: unknown key instance_kind`),
    ]);
  });
});

test('a folder that several deployments name is listed once, and none that is a reference or elsewhere', async () => {
  const green = BLUE.replace('blue', 'green');
  const red = BLUE.replace('blue', 'red');
  await blue(CODE, {
    ...score,
    [green]: `name: green\n${MACHINE}${CODE}\n`,
    [red]: `name: red\n${MACHINE}model: {path: 'azureml://datastores/d/paths/p'}\nenvironment: azureml:e:1\n`,
  });
  const looked: string[] = [];
  const entries = async (path: string): Promise<string[]> => {
    looked.push(path);
    return hostFiles.entries(path);
  };
  expect(await faults({}, { ...hostFiles, entries })).toEqual([]);
  expect(looked.filter((path) => path === 'src')).toEqual(['src']);
});

test('a cancelled job does not go on to list', async () => {
  await blue(CODE, { ...score, 'src/a': '', 'src/b': '' });
  const deps = fakeDeps();
  const looked: string[] = [];
  const stat = async (path: string) => {
    looked.push(path);
    if (path === 'src/a') deps.cancel();
    return hostFiles.stat(path);
  };
  const config = { operation: 'validate', request, deployments: [], policy: '' } as const;
  await expect(validate(config, { ...deps, files: { ...hostFiles, stat } })).rejects.toThrow('cancelled by a test');
  expect(looked).not.toContain('src/b');
});

describe('before the first request, and so before signing in', () => {
  test.each(['plan', 'apply', 'deploy'])('%s finds them too, all at once', async (operation) => {
    const files = {
      'endpoints/iris.yml': 'name: iris\n',
      [BLUE]: `name: blue\n${MACHINE}${MODEL}\n  type: mlflow_model\n${CODE}\n`,
      [BLUE.replace('blue', 'green')]: `name: green\n${MACHINE}${CODE.replace('score.py', 'scor.py')}\n`,
      'model/x': '1',
      'src/.amlignore': '*.py\n',
      ...score,
    };
    const { exitCode, requests, lines } = await azure.run({ operation, endpoint: 'iris' }, { files });
    expect(exitCode).toBe(2);
    expect(requests).toEqual([]);
    expect(lines.filter(({ level }) => level === 'error').map(({ at, text }) => [at?.line, at?.column, text])).toEqual([
      [5, 3, 'model has no file MLmodel, which an mlflow_model needs at its top'],
      [10, 3, 'the scoring script is not uploaded: the ignore file of src leaves it out'],
      [7, 19, expect.stringContaining('code_configuration.scoring_script scor.py not found')],
    ]);
  });
});
