/**
 * Builds the bundle: `node scripts/build.ts [FOLDER]`, into `dist` unless told. It takes the place of the old one as a
 * whole, so that no chunk of an earlier build stays behind and a build that fails changes nothing.
 */
import { execFileSync } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const folder = process.argv[2] ?? 'dist';
const fresh = `${folder}.new`;
const ncc = createRequire(import.meta.url).resolve('@vercel/ncc/dist/ncc/cli.js');

rmSync(fresh, { recursive: true, force: true });
const options = ['--out', fresh, '--license', 'licenses.txt', '--no-cache'];
execFileSync(process.execPath, [ncc, 'build', 'src/index.ts', ...options], { stdio: ['ignore', 'inherit', 'inherit'] });
// `open`, a dependency of @azure/identity for browser logins, brings a script along that nothing here calls.
rmSync(join(fresh, 'xdg-open'), { force: true });
rmSync(folder, { recursive: true, force: true });
renameSync(fresh, folder);
