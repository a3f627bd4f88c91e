import { describe, expect, test } from '@jest/globals';
import { faultLine } from '../../../../src/failure.ts';
import { resolvePolicy } from '../../../../src/rollout/policy/load.ts';
import { fakeDeps } from '../../../support/fake-deps.ts';

type Contents = Readonly<Record<string, string>>;

async function resolve(
  input: string,
  files: Contents = {},
  folder = 'endpoints',
): Promise<{ source?: string; request?: string; faults: string[] }> {
  const request = { input, folder, endpoint: 'iris', env: {} };
  const { policy, faults } = await resolvePolicy(
    fakeDeps({ files: { 'endpoints/iris.yml': '', ...files } }).files,
    request,
  );
  return {
    ...(policy ? { source: policy.source } : {}),
    ...(policy?.smoke ? { request: policy.smoke.request } : {}),
    faults: faults.map(faultLine),
  };
}

describe('without input', () => {
  test('an endpoint has no policy unless there is a file', async () => {
    expect(await resolve('')).toEqual({ faults: [] });
    expect(await resolve('', {}, 'elsewhere')).toEqual({ faults: [] });
  });

  test.each(['endpoints/iris/rollout.yml', 'endpoints/Iris/Rollout.YAML'])('%s counts', async (file) => {
    expect(await resolve('', { [file]: 'preset: fast' })).toEqual({ source: `fast, with ${file}`, faults: [] });
  });

  test('a slash after the folder does not', async () => {
    const files = { 'endpoints/iris/rollout.yml': 'preset: fast' };
    expect(await resolve('', files, 'endpoints/')).toMatchObject({ source: 'fast, with endpoints/iris/rollout.yml' });
  });

  test('two files are one too many', async () => {
    expect(await resolve('', { 'endpoints/iris/rollout.yml': '', 'endpoints/iris/rollout.yaml': '' })).toEqual({
      faults: [
        'endpoints/iris/rollout.yaml:1:1: endpoints/iris/rollout.yml is the rollout policy of endpoint iris too; keep one of the two',
      ],
    });
  });

  test('a link that leads out of the working directory is not followed', async () => {
    const { files } = fakeDeps({ files: { 'endpoints/iris/rollout.yml': 'AKIA1234567890' } });
    const stat: typeof files.stat = async (path) => {
      const found = await files.stat(path);
      return found && { ...found, real: '/secret', inside: false };
    };
    const request = { input: '', folder: 'endpoints', endpoint: 'iris', env: {} };
    expect(await resolvePolicy({ ...files, stat }, request)).toEqual({
      faults: [
        {
          file: 'endpoints/iris/rollout.yml',
          message: 'is outside the working directory; nothing outside it is read',
        },
      ],
    });
  });

  test('a folder that cannot be read is no folder without a policy', async () => {
    const { files } = fakeDeps({ files: { 'endpoints/iris/rollout.yml': 'preset: fast' } });
    const refused = Object.assign(new Error('no'), { code: 'EACCES' });
    const entries = async (path: string): Promise<string[]> => {
      if (path === 'endpoints/iris') throw refused;
      return files.entries(path);
    };
    const request = { input: '', folder: 'endpoints', endpoint: 'iris', env: {} };
    expect(await resolvePolicy({ ...files, entries }, request)).toEqual({
      faults: [{ file: 'endpoints/iris', message: 'cannot be read: permission denied' }],
    });
  });

  test('faults are told at their lines, with a request file that is missing', async () => {
    expect(await resolve('', { 'endpoints/iris/rollout.yml': 'smoke: {request: no.json}\nbake: x' })).toEqual({
      faults: [
        'endpoints/iris/rollout.yml:1:18: smoke.request no.json not found: there is no endpoints/iris/no.json',
        'endpoints/iris/rollout.yml:2:7: bake must be a duration such as 90s, 10m or 1h, not x',
      ],
    });
  });
});

describe('the input', () => {
  const beside = { 'endpoints/iris/rollout.yml': 'preset: careful' };

  test.each(['none', 'None'])('%s is no policy, whatever stands beside the endpoint', async (input) => {
    expect(await resolve(input, beside)).toEqual({ faults: [] });
  });

  test.each([
    ['fast', 'fast'],
    ['Blue-Green', 'blue-green'],
  ])('%s is a preset', async (input, source) => {
    expect(await resolve(input, beside)).toEqual({ source, faults: [] });
  });

  test('is a path from the working directory', async () => {
    expect(await resolve('./policies/slow.yml', { 'policies/slow.yml': 'bake: 1h' })).toEqual({
      source: 'standard, with policies/slow.yml',
      faults: [],
    });
  });

  test.each(['bake: 20m', '{preset: fast, bake: 20m}', 'preset: fast\nbake: 20m\n'])('%j is YAML', async (input) => {
    expect(await resolve(input)).toMatchObject({
      source: /fast/.test(input) ? 'fast, with input policy' : 'standard, with input policy',
    });
  });

  test('names a request file from the working directory when it is YAML, else from the folder of the file', async () => {
    const files = { 'a.json': '{}', 'policies/a.json': '{}', 'policies/p.yml': 'smoke: {request: a.json}' };
    expect(await resolve('smoke: {request: a.json}', files)).toMatchObject({ request: 'a.json', faults: [] });
    expect(await resolve('policies/p.yml', files)).toMatchObject({ request: 'policies/a.json', faults: [] });
  });

  test.each([
    ['standart', ['input policy: "standart" is neither a preset nor a file; did you mean standard?']],
    [
      'policies/x.yml',
      [
        'input policy: "policies/x.yml" is neither a preset nor a file; presets: fast, standard, careful, blue-green; none for no policy',
      ],
    ],
    ['../x.yml', ['input policy: ../x.yml is outside the working directory']],
    ['endpoints', ['input policy: endpoints is not a file']],
    ['bake: x', ['input policy:1:7: bake must be a duration such as 90s, 10m or 1h, not x']],
    ['smoke: {request: b.json}', ['input policy:1:18: smoke.request b.json not found']],
    ['smoke: {request: endpoints}', ['input policy:1:18: smoke.request endpoints is not a file']],
    [
      'smoke: {request: ../b.json}',
      ['input policy:1:18: smoke.request ../b.json is outside the working directory; nothing outside it is read'],
    ],
  ])('%j', async (input, faults) => {
    expect(await resolve(input)).toEqual({ faults });
  });
});
