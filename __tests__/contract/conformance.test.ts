import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { refusedKeys, unknownKeys, unseenKeys } from '../../conformance/bodies/coverage.ts';
import { reasonOf } from '../../conformance/bodies/differences.ts';
import { STRICTER, TAKEN } from '../../conformance/bodies/verdicts.ts';
import { countChecks, documentedCounts } from '../../conformance/counts.ts';
import { isUnreachable } from '../../conformance/python.ts';
import { REPOSITORY } from '../support/repository.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conformance-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('npm run conformance does not end well without having proved anything', () => {
  test('a flow that is none', async () => {
    const { code, stdout } = await conformance(['--flow', 'life', '--flow', 'typo'], {});
    expect(stdout).toContain('there is no flow typo; there are life,');
    expect(code).toBe(2);
  });

  test('without any Python it is left out, in continuous integration too', async () => {
    const { code, stdout } = await conformance([], { PATH: folder, CI: 'true' });
    expect(stdout).toBe('conformance: skipped, there is no python3 or python\n');
    expect(code).toBe(0);
  });

  test.each([
    ['', 'skipped', 0],
    ['true', 'FAILED', 1],
  ])('with a Python that cannot run the SDK, and CI=%s', async (CI, word, exitCode) => {
    const old = join(folder, 'old');
    await mkdir(old, { recursive: true });
    // Says its version and fails at everything else.
    await writeFile(join(old, 'python3'), '#!/bin/sh\ntest "$1" = -V\n', { mode: 0o755 });
    const { code, stdout } = await conformance([], { PATH: old, CI });
    expect(stdout).toBe(`conformance: ${word}, Python is older than 3.9 or has no venv\n`);
    expect(code).toBe(exitCode);
  });

  test('a Python that was asked for and is not there', async () => {
    const { code, stdout } = await conformance(['--python', join(folder, 'none')], {});
    expect(stdout).toContain('FAILED');
    expect(code).toBe(1);
  });
});

describe('pip did not reach its registry', () => {
  const retry =
    "WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f4d>: Failed to establish a new connection: [Errno 111] Connection refused')': /simple/six/";
  const none = 'ERROR: Could not find a version that satisfies the requirement six==1.16.0 (from versions: none)';
  const others =
    'ERROR: Could not find a version that satisfies the requirement six==99 (from versions: 1.15.0, 1.16.0)';
  test.each([
    ['nobody answers', [retry, none], true],
    [
      'a download breaks off',
      [retry, "ERROR: HTTPSConnectionPool(host='files.pythonhosted.org', port=443): Read timed out."],
      true,
    ],
    ['the version does not exist', [others], false],
    ['the package does not exist', [none], false],
    ['it came back, and the version does not exist', [retry, others], false],
    ['a hash differs', ['ERROR: THESE PACKAGES DO NOT MATCH THE HASHES: connection-pool==1'], false],
    ['a build fails', ['error: subprocess-exited-with-error', 'fatal error: connection.h: No such file'], false],
  ])('%s', (_, lines, expected) => {
    expect(isUnreachable(lines.join('\n'))).toBe(expected);
  });
});

test('a flow with fewer checks than the page says fails', async () => {
  const counts = await documentedCounts(false);
  const whole = await documentedCounts(true);
  expect(whole.get('bodies')! - counts.get('bodies')!).toBe(36);
  const [verdict] = countChecks([], ['life'], counts);
  expect(verdict).toMatchObject({ passed: false, detail: `found 0, docs/conformance.md says ${counts.get('life')}` });
  expect(countChecks([], ['typo'], counts)).toMatchObject([{ passed: false }]);
});

test.each([
  ['What we take and the SDK refuses', TAKEN],
  ['What we refuse and the SDK takes', STRICTER],
])('%s: the page lists the files that a run gives to both', async (title, files) => {
  const page = await readFile('docs/conformance.md', 'utf8');
  const section = page.split(/^#+ /m).find((each) => each.startsWith(title));
  const listed = Array.from(section?.matchAll(/^- (.*)$/gm) ?? [], ([, line]) => line);
  expect(listed).toEqual(files.map(({ name }) => name));
});

describe('the keys of the SDK', () => {
  const sdk = (paths: readonly string[]) => ({
    endpoint: { name: true },
    deployment: Object.fromEntries(paths.map((path) => [path, true])),
  });

  test('that nobody here knows are told', () => {
    const known = ['model.stage', 'model.creation_context.created_at', 'data_collector.collections.data.name'];
    expect(unknownKeys(sdk([...known, 'canary', 'model.colour', 'liveness_probe.period.unit']))).toEqual([
      'deployment: canary',
      'deployment: model.colour',
      'deployment: liveness_probe.period.unit',
    ]);
    expect(unknownKeys({ endpoint: { 'identity.colour': false }, deployment: {} })).toEqual([
      'endpoint: identity.colour',
    ]);
  });

  test('that no generated file has are told, but for those that are not read', () => {
    const keys = sdk(['model.path', 'model.stage', 'id', 'resources.limits.gpu', 'resources.limits.cpu']);
    const deployment = { ...keys.deployment, 'code_configuration.$schema': false };
    const contents = [{ model: 'azureml:iris:1' }, { resources: { limits: { 'nvidia.com/gpu': '1' } } }];
    expect(unseenKeys(contents, { ...keys, deployment })).toEqual(['model.path', 'resources.limits.cpu']);
  });

  test('that are refused here are told where no file shows it', () => {
    const keys = sdk(['model.stage', 'model.flavors', 'model.path', 'model.allowed_deployment_templates.asset_id']);
    expect(refusedKeys([{ model: { stage: 'x' } }], keys)).toEqual(['model.flavors']);
  });
});

test('an empty map is no meant difference where the file has said something', () => {
  const difference = { sdk: {}, ours: undefined };
  expect(reasonOf({ path: 'properties.environmentVariables', ...difference })).toBeDefined();
  expect(reasonOf({ path: 'properties.livenessProbe', ...difference })).toBeUndefined();
  expect(reasonOf({ path: 'properties.environmentVariables', sdk: undefined, ours: {} })).toBeUndefined();
});

function conformance(words: string[], env: Record<string, string>): Promise<{ code: unknown; stdout: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['conformance/main.ts', ...words],
      { cwd: REPOSITORY, env: { PATH: process.env['PATH'], ...env } },
      (error, stdout) => resolve({ code: error ? error.code : 0, stdout }),
    );
  });
}
