/**
 * `npm run conformance`: Microsoft's own Python SDK, unmodified, drives the emulator, alone and in turn with the bundle.
 * Where there is no Python or no package registry it says so and ends well: it is a proof, not a part of the product.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { checkBodies } from './bodies/check.ts';
import { findPython, preparePython } from './python.ts';
import { type Result, runScript } from './scripts.ts';
import { type Store, startStore } from './store.ts';
import { lossLines, report, summary } from './table.ts';

/** Each works on endpoints of its own, so they run side by side. */
const SCRIPTS = ['life', 'access', 'scoring', 'refusals', 'equality', 'turns', 'losses', 'assets'];

/** Names are unique within a region: the neighbour shares the first workspace's, the one for our endpoints does not. */
const WORKSPACES = [
  { name: 'ws-emulator' },
  { name: 'ws-neighbour' },
  { name: 'ws-ours', location: 'northeurope' },
].map((workspace) => ({ ...workspace, models: [{ name: 'iris' }], environments: [{ name: 'sklearn' }] }));

const { values } = parseArgs({
  options: {
    python: { type: 'string' },
    bundle: { type: 'string', default: 'dist/index.js' },
    flow: { type: 'string', multiple: true },
  },
});
const found = await findPython(values.python);
const prepared = found ? await preparePython(found) : { skipped: 'no Python 3.9 or newer with venv' };
if ('skipped' in prepared) say(`conformance: skipped, ${prepared.skipped}`);
else process.exitCode = (await conforms(prepared.python, prepared.versions)) ? 0 : 1;

function wants(flow: string): boolean {
  return values.flow?.includes(flow) ?? true;
}

async function conforms(python: string, versions: string): Promise<boolean> {
  const started = Date.now();
  const [driven, compared] = await Promise.all([
    runAll(python),
    wants('bodies') ? checkBodies(python) : { results: [], hasCorpus: true },
  ]);
  const results = [...driven, ...compared.results];
  say(report(results));
  say(lossLines(results));
  say(`${versions}, ${Math.round((Date.now() - started) / 1000)} s`);
  if (!compared.hasCorpus)
    say('no corpus: set AZUREML_CORPUS to a folder with azureml-examples, to compare its files too');
  say(summary(results));
  return results.every(({ passed }) => passed);
}

async function runAll(python: string): Promise<Result[]> {
  const store = await startStore();
  try {
    return await runAgainst(store, python);
  } finally {
    await store.close();
  }
}

async function runAgainst(store: Store, python: string): Promise<Result[]> {
  const emulator = await startEmulator({
    operationTime: 300,
    storage: store.storage,
    makeContainer: (container) => store.makeContainer(container),
    seed: { workspaces: WORKSPACES },
  });
  try {
    const bundle = resolve(values.bundle);
    const env = { ...emulator.env, ...(await store.environment(emulator.ca)) };
    const scripts = SCRIPTS.filter(wants);
    const results = await Promise.all(scripts.map((script) => runScript(python, script, env, bundle)));
    return [...results.flat(), wellServed(emulator)];
  } finally {
    await emulator.close();
  }
}

/** An answer of 500 that nobody has ordered is a defect of the emulator, whatever the SDK makes of it. */
function wellServed(emulator: Emulator): Result {
  const requests = emulator.requests();
  const failed = requests.filter(({ status }) => status === 500).map(({ method, path }) => `${method} ${path}`);
  const name = `the emulator has an answer to each of ${requests.length} requests`;
  return { kind: 'check', flow: 'emulator', name, passed: failed.length === 0, detail: failed.join('\n'), seconds: 0 };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
