import { execFile } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const PROJECT = resolve(import.meta.dirname, '../..');

/** What the examples call this action before a user has put the real name in. */
export const PLACEHOLDER = 'your-org/azureml-online-endpoint-action@v1';

/** The repository's name at GitHub, as far as the workflow engine knows. */
export const REPOSITORY_NAME = 'your-org/models';

/** A user's repository: the endpoints, and the examples copied to where GitHub looks for workflows, byte for byte. */
export async function makeUserRepository(folder: string, changed: Readonly<Record<string, string>>): Promise<void> {
  await cp(join(PROJECT, 'endpoints'), join(folder, 'endpoints'), { recursive: true });
  await cp(join(PROJECT, 'examples'), join(folder, '.github/workflows'), { recursive: true });
  await cp(join(PROJECT, 'examples/requests'), join(folder, 'requests'), { recursive: true });
  for (const [file, text] of Object.entries(changed)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  const author = ['-c', 'user.name=A user', '-c', 'user.email=user@example.com', '-c', 'commit.gpgsign=false'];
  await git(folder, 'init', '--quiet', '--initial-branch=main');
  await git(folder, 'remote', 'add', 'origin', `https://github.com/${REPOSITORY_NAME}`);
  await git(folder, 'add', '.');
  await git(folder, ...author, 'commit', '--quiet', '--message', 'Endpoints');
}

/** What `uses:` fetches of an action, and nothing else: it must not need more. */
export async function copyAction(folder: string): Promise<void> {
  for (const part of ['action.yml', 'package.json', 'dist']) {
    await cp(join(PROJECT, part), join(folder, part), { recursive: true });
  }
}

async function git(cwd: string, ...words: string[]): Promise<void> {
  await promisify(execFile)('git', words, { cwd });
}
