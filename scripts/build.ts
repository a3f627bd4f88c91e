/**
 * Builds the bundle: `node scripts/build.ts [FOLDER]`, into `dist` unless told. It takes the place of the old one as a
 * whole, so that no chunk of an earlier build stays behind and a build that fails changes nothing.
 */
import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { minifySync } from '@swc/core';
import { stageLibraries } from './bundled-libraries.ts';
import { withEagerModules } from './eager-modules.ts';

const folder = process.argv[2] ?? 'dist';
const fresh = `${folder}.new`;
const ncc = createRequire(import.meta.url).resolve('@vercel/ncc/dist/ncc/cli.js');

// Chunks are numbered by where their modules lie: through a link they would get other numbers than in a clean clone.
if (lstatSync('node_modules').isSymbolicLink()) throw new Error('node_modules is a link; run `npm ci` here first');
rmSync(fresh, { recursive: true, force: true });
const options = ['--out', fresh, '--license', 'licenses.txt', '--no-cache'];
execFileSync(process.execPath, [ncc, 'build', 'src/index.ts', ...options], {
  stdio: ['ignore', 'inherit', 'inherit'],
  // Where ncc looks up what stands in for a library.
  env: { ...process.env, TS_NODE_PROJECT: stageLibraries() },
});
// `open`, a dependency of @azure/identity for browser logins, brings a script along that nothing here calls.
rmSync(join(fresh, 'xdg-open'), { force: true });
for (const name of readdirSync(fresh).filter((each) => each.endsWith('.js'))) squeeze(join(fresh, name));
rmSync(folder, { recursive: true, force: true });
renameSync(fresh, folder);

/**
 * White space, comments and dead code go; names stay, so that stack traces can be read. ncc's own minifier shrinks the
 * entry alone and renames. Licences are in `licenses.txt`.
 */
function squeeze(file: string): void {
  const compress = {
    passes: 2,
    unused: true,
    dead_code: true,
    keep_fnames: true,
    keep_classnames: true,
    // What is used once goes where it is used. Whatever moves functions about makes traces lie and saves next to nothing.
    reduce_vars: true,
    join_vars: true,
    inline: 0,
    reduce_funcs: false,
    collapse_vars: false,
    sequences: false,
  } as const;
  const options = { module: true, mangle: false, compress, format: { comments: false } } as const;
  writeFileSync(file, withEagerModules(minifySync(readFileSync(file, 'utf8'), options).code));
}
