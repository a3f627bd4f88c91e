/**
 * Builds the bundle: `node scripts/build.ts [FOLDER]`, into `dist` unless told. The folder is emptied first, so that no
 * chunk of an earlier build stays behind.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const folder = process.argv[2] ?? 'dist';
const ncc = createRequire(import.meta.url).resolve('@vercel/ncc/dist/ncc/cli.js');

rmSync(folder, { recursive: true, force: true });
execFileSync(process.execPath, [ncc, 'build', 'src/index.ts', '--out', folder, '--license', 'licenses.txt'], {
  stdio: ['ignore', 'inherit', 'inherit'],
});
// `open`, a dependency of @azure/identity for browser logins, brings a script along that nothing here calls.
rmSync(join(folder, 'xdg-open'), { force: true });
