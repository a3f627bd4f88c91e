/**
 * What the bundle takes of libraries that cannot be shaken: the same code of the same versions, without the parts that
 * nothing here calls.
 */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Below `node_modules`, where modules find what they import. */
const STAGE = 'node_modules/.cache/bundle';

/** @returns the TypeScript configuration whose `paths` lead ncc to what is staged */
export function stageLibraries(): string {
  rmSync(STAGE, { recursive: true, force: true });
  const paths = {
    // Its main file is CommonJS, which brings a second copy of the whole pipeline below it.
    '@azure/arm-machinelearning': 'node_modules/@azure/arm-machinelearning/dist-esm/src/index.js',
    // For Node it is CommonJS too; as modules it is one function to compile at the start instead of seventy.
    yaml: 'node_modules/yaml/browser/index.js',
    '@actions/core': toolkitCore(),
    undici: undici(),
  };
  const config = join(STAGE, 'tsconfig.json');
  const lists = Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, [path]]));
  writeFileSync(config, JSON.stringify({ compilerOptions: { baseUrl: resolve(), paths: lists } }));
  return resolve(config);
}

/** Without its client for ID tokens, which starts an HTTP client, and without what it tells about the machine. */
function toolkitCore(): string {
  const folder = join(STAGE, '@actions/core');
  cpSync('node_modules/@actions/core', folder, { recursive: true });
  writeFileSync(join(folder, 'lib/oidc-utils.js'), 'export class OidcClient {}\n');
  writeFileSync(join(folder, 'lib/platform.js'), 'export {};\n');
  return join(folder, 'lib/core.js');
}

/** What `@actions/github` takes of it, for proxies. The rest is WebSocket, caches, mocks and more. */
function undici(): string {
  const folder = join(STAGE, 'undici');
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'LICENSE']) cpSync(join('node_modules/undici', file), join(folder, file));
  const library = '../../../undici/lib';
  const text = `exports.ProxyAgent = require('${library}/dispatcher/proxy-agent');
exports.fetch = require('${library}/web/fetch').fetch;
`;
  writeFileSync(join(folder, 'index.js'), text);
  return join(folder, 'index.js');
}
