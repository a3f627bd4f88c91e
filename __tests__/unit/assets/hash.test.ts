import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { codeHash, readContent } from '../../../src/assets/content.ts';
import { codeName, modelName } from '../../../src/assets/names.ts';
import type { Files } from '../../../src/deps.ts';
import { hostFiles } from '../../../src/host.ts';
import { enterFolder } from '../../support/folder.ts';

let folder: Awaited<ReturnType<typeof enterFolder>>;
beforeEach(async () => {
  folder = await enterFolder();
});
afterEach(() => folder.leave());

const { signal } = new AbortController();

async function make(
  files: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>> = {},
): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(`src/${name}`), { recursive: true });
    await writeFile(`src/${name}`, text);
  }
  for (const [name, target] of Object.entries(links)) await symlink(target, `src/${name}`);
}

async function read(path = 'src') {
  const content = await readContent(hostFiles, path, signal);
  return {
    upload: content.knownAs ?? content.uploadHash,
    code: await codeHash(hostFiles, content, signal),
    files: content.files.map(({ name }) => name).toSorted(),
  };
}

/** Values from `get_object_hash`, `get_content_hash` and `get_upload_files_from_folder` of azure-ai-ml 1.35.2. */
describe('hashes are those of the SDK', () => {
  test('for folders, capitals and letters beyond ASCII', async () => {
    await make({
      ...{ 'score.py': 'print(1)\n', 'pkg/util.py': 'x = 1\n', 'pkg/__init__.py': '', 'B.txt': 'b', 'a.txt': 'a' },
      ...{ 'a-b/c': '1', 'a/b': '2', 'é/ü.txt': 'ü' },
    });
    expect(await read()).toEqual({
      upload: '5322629a452a0c9eb6ce9d2f7d1b09c3194acd8de8130ffbe0b64b2bbe15e02d',
      code: '0d630c3022d0e9a419359d78095ec7a8580c2dba90154739ac910db3a1439a4b',
      files: ['B.txt', 'a-b/c', 'a.txt', 'a/b', 'pkg/__init__.py', 'pkg/util.py', 'score.py', 'é/ü.txt'],
    });
  });

  test('for what .amlignore leaves, which wins over .gitignore', async () => {
    await make({
      '.amlignore': '# notes\n*.pyc\n__pycache__/\n/data\nlogs/*\n!logs/keep.txt\n',
      '.gitignore': 'score.py\n',
      ...{ 'score.py': 's', 'x.pyc': 'x', '__pycache__/y': 'y', 'data/big': 'big', 'pkg/data/small': 'small' },
      ...{ 'logs/a.log': 'a', 'logs/keep.txt': 'k' },
    });
    expect(await read()).toEqual({
      upload: '3c642b038e38a8dd1ad5c358adb9f57fb8896199346c8e44b4c1e81534bbdcd7',
      code: '0ef6ef92c09f12199cc99058e84d81a551b7f85bdc81f60da81367e3ab0d3310',
      files: ['.amlignore', '.gitignore', 'logs/keep.txt', 'pkg/data/small', 'score.py'],
    });
  });

  test('for links to a file and a folder', async () => {
    const files = { 'score.py': 's', 'shared/one.py': '1', 'shared/deep/two.py': '2' };
    await make(files, { 'one.py': 'shared/one.py', again: 'shared' });
    expect(await read()).toEqual({
      upload: '64ce8d72df2b7fde3e5069c68570d0d3c9665755c14196c6445d366152a14550',
      code: '169324ebdb4dd0adc9db2c29671f28c2df7ede77d634df64629c7eacd8293eaa',
      files: ['again/deep/two.py', 'again/one.py', 'one.py', 'score.py', 'shared/deep/two.py', 'shared/one.py'],
    });
  });

  test('for a single file, and for the model that has its name from it', async () => {
    await writeFile('model.pkl', '0123456789'.repeat(1000));
    const { upload, code, files } = await read('model.pkl');
    expect(upload).toBe('338f0ffd4a40b28592ee84795093d1dd52eb0a074f34a4352112a432b0328694');
    expect(code).toBe('a33cb245c32e72f1f3f3075245a6b053c2b381d58eadc52091faee83305c0087');
    expect(files).toEqual(['model.pkl']);
    expect(modelName(upload)).toBe('0f0e817cf6832e2e78bcbc8f24c068cc75a90001b6748de1b809bdeaf9545554');
  });
});

test('a folder has the name of what a link leads to', async () => {
  await make({ 'score.py': 's' });
  await symlink('src', 'link');
  const content = await readContent(hostFiles, 'link', signal);
  expect(content).toMatchObject({ path: 'link', name: 'src', isFile: false, size: 1 });
});

describe('a backslash in a name, which the store would take for a slash,', () => {
  const rename = /back\\slash.* has a backslash in its name, which the storage takes for `\/`.*; rename it/;

  test('is a fault of a file', async () => {
    await make({ 'back\\slash.txt': '1', 'back/slash.txt': '2' });
    await expect(read()).rejects.toThrow(/^src\/back\\slash\.txt .*; rename it, or leave it out in \.amlignore/);
    await make({ '.amlignore': 'back?slash.txt\n' });
    expect((await read()).files).toEqual(['.amlignore', 'back/slash.txt']);
  });

  test('is a fault of a folder', async () => {
    await make({ 'back\\slash/x': '1' });
    await expect(read()).rejects.toThrow(rename);
  });

  test('is a fault of the asset itself', async () => {
    await make({ 'back\\slash.txt': '1', 'sub\\back\\slash/x': '1' });
    await expect(read('src/back\\slash.txt')).rejects.toThrow(rename);
    await expect(read('src/sub\\back\\slash')).rejects.toThrow(rename);
  });
});

test('a file that moves into the folder beside it, or out of it, is not missed', async () => {
  // Here the SDK's own hash stays the same.
  await make({ 'src/a.py': '1', 'src/util.py': '2' });
  const before = await readContent(hostFiles, 'src', signal);
  await rename('src/src/util.py', 'src/util.py');
  const after = await readContent(hostFiles, 'src', signal);
  expect(after.knownAs).toBe(before.knownAs);
  expect(after.uploadHash).not.toBe(before.uploadHash);
});

test('a change to a file that a rule takes back from a folder that is left out is not missed', async () => {
  // Here the SDK's own hash stays the same.
  await make({ '.amlignore': '*\n!src/**\n', 'src/score.py': '1' });
  const before = await read();
  expect(before.files).toEqual(['src/score.py']);
  await make({ 'src/score.py': '2' });
  expect((await read()).upload).not.toBe(before.upload);
});

test('the name of a code is a GUID that its content alone decides', () => {
  const name = codeName('a'.repeat(64));
  expect(name).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(codeName('a'.repeat(64))).toBe(name);
  expect(codeName('b'.repeat(64))).not.toBe(name);
});

test('a file that got shorter is an error', async () => {
  await writeFile('model.pkl', 'x'.repeat(100));
  const files = {
    ...hostFiles,
    fill: (path: string, start: number, bytes: Uint8Array) => hostFiles.fill(path, start + 1, bytes),
  };
  await expect(readContent(files, 'model.pkl', signal)).rejects.toThrow('model.pkl changed while it was read');
});

test('reading is followed: first all the bytes that there are, then each piece', async () => {
  await make({ 'score.py': 'x'.repeat(1_500_000), 'util.py': 'y' });
  const told: number[][] = [];
  const follow = (all: number) => {
    const pieces = [all];
    told.push(pieces);
    return (piece: number) => void pieces.push(piece);
  };
  const content = await readContent(hostFiles, 'src', signal, follow);
  await codeHash(hostFiles, content, signal, follow);
  const pieces = [1_500_001, 1_048_576, 451_424, 1];
  expect(told).toEqual([pieces, pieces]);
});

test('reading ends with the reason of whoever follows it', async () => {
  await make({ 'score.py': 's' });
  const follow = () => () => {
    throw new Error('too long');
  };
  await expect(readContent(hostFiles, 'src', signal, follow)).rejects.toThrow('too long');
});

test('looking for files ends when the job is cancelled', async () => {
  await make({ 'a.py': 'a', 'b/c.py': 'c', 'd.py': 'd' });
  const job = new AbortController();
  const seen: string[] = [];
  const files: Files = {
    ...hostFiles,
    stat(path) {
      seen.push(path);
      if (path === 'src/b/c.py') job.abort(new Error('cancelled'));
      return hostFiles.stat(path);
    },
  };
  await expect(readContent(files, 'src', job.signal)).rejects.toThrow('cancelled');
  expect(seen.at(-1)).toBe('src/b/c.py');
});

test('reading ends when the job is cancelled', async () => {
  await make({ 'score.py': 's' });
  await expect(readContent(hostFiles, 'src', AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled');
});
