import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Azurite } from '../../../emulator/azurite.ts';
import { type Azure, IRIS } from '../../support/azure.ts';
import { startStoredAzure, type StoredAzure } from '../../support/stored-azure.ts';

let store: StoredAzure;
let azure: Azure;
let azurite: Azurite;
beforeAll(async () => {
  store = await startStoredAzure({ seed: { workspaces: [{ name: 'ws-emulator', endpoints: [IRIS] }] } });
  ({ azure, azurite } = store);
});
afterEach(() => store.reset());
afterAll(() => store.close());

const RED = 'endpoints/iris/deployments/red.yml';
const CODE = 'environment: {image: python}\ncode_configuration:\n  code: ../../..\n  scoring_script: score.py\n';
const BUILD = 'environment:\n  build:\n    path: ../../..\n';
const TOKEN = '[http "https://github.com/"]\n\textraheader = AUTHORIZATION: basic eA==\n';

function deploy(lines: string, more: Readonly<Record<string, string>> = {}) {
  const red = `name: red\ninstance_type: Standard_DS3_v2\ninstance_count: 1\n${lines}`;
  const files = { 'endpoints/iris.yml': 'name: iris\n', 'score.py': 'x', Dockerfile: 'FROM x\n', [RED]: red, ...more };
  return azure.run({ operation: 'deploy', endpoint: 'iris' }, { files });
}

async function stored(): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of azurite.client.listBlobsFlat()) names.push(name.replace(/^LocalUpload\/[^/]+\//, ''));
  return names;
}

describe('what Git keeps', () => {
  test.each(['../../../.git', '../../../.git/config'])('is refused as the model %s', async (path) => {
    const lines = `environment: {image: python}\nmodel: {path: ${path}}\n`;
    const before = await stored();
    const { exitCode, deps } = await deploy(lines, { '.git/config': TOKEN });
    expect(exitCode).toBe(2);
    expect(deps.report.texts().join('\n')).toContain('belongs to Git, may hold a token, and is not uploaded');
    expect(await stored()).toEqual(before);
  });
});

describe('what an ignore file leaves out', () => {
  test.each([
    [
      'the scoring script',
      CODE,
      'score.py\n',
      'the scoring script is not uploaded: the ignore file of . leaves it out',
    ],
    ['the Dockerfile', BUILD, 'Docker*\n', 'its Dockerfile is not uploaded: the ignore file of . leaves it out'],
  ])('cannot be %s', async (_, lines, ignored, message) => {
    const { exitCode, deps } = await deploy(lines, { '.amlignore': ignored });
    expect(exitCode).toBe(2);
    expect(deps.report.lines.filter(({ level }) => level === 'error')).toMatchObject([
      { at: { file: RED }, text: message },
    ]);
  });
});

describe('the repository as a whole', () => {
  test.each([
    ['code', CODE],
    ['build context', BUILD],
  ])('can be the %s', async (_, lines) => {
    const { exitCode, deps } = await deploy(lines);
    expect([exitCode, deps.report.texts().join('\n')]).toEqual([
      0,
      expect.not.stringContaining('outside the working directory'),
    ]);
    expect(await stored()).toContain('workspace/score.py');
  });

  test.each([
    ['code', CODE, 6],
    ['build context', BUILD, 6],
  ])('is refused as %s with what Git keeps in it', async (_, lines, line) => {
    const before = await stored();
    const { exitCode, deps } = await deploy(lines, { '.git/config': TOKEN, '.gitignore': '*.log\n' });
    expect(exitCode).toBe(2);
    expect(deps.report.lines.filter(({ level }) => level === 'error')).toMatchObject([
      {
        at: { file: RED, line },
        text:
          '.git/config belongs to Git, may hold a token, and is not uploaded; ' +
          'add `.git/` to .gitignore of that folder',
      },
    ]);
    expect(await stored()).toEqual(before);
  });

  test('goes without what Git keeps when a rule leaves it out', async () => {
    const { exitCode } = await deploy(CODE, { '.git/config': TOKEN, '.amlignore': '.git/\n' });
    expect(exitCode).toBe(0);
    expect((await stored()).filter((name) => name.includes('.git/'))).toEqual([]);
  });
});
