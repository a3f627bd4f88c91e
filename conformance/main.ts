/**
 * `npm run conformance`: Microsoft's own Python SDK, unmodified, drives the emulator, alone and in turn with the bundle.
 * Where there is no Python or no package registry it says so and ends well: it is a proof, not a part of the product. In
 * continuous integration (`CI` is set) only a machine without any Python may leave it out.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { checkBodies } from './bodies/check.ts';
import { countChecks, documentedCounts } from './counts.ts';
import { preparePython } from './python.ts';
import { type Result, runScript } from './scripts.ts';
import { type Store, startStore } from './store.ts';
import { lossLines, report, summary } from './table.ts';

/** Each works on endpoints of its own, so they run side by side. */
const SCRIPTS = ['life', 'access', 'scoring', 'refusals', 'equality', 'turns', 'losses', 'assets'];
const FLOWS = [...SCRIPTS, 'bodies'];

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
process.exitCode = await main();

async function main(): Promise<number> {
  const unknown = values.flow?.filter((flow) => !FLOWS.includes(flow)) ?? [];
  if (unknown.length > 0) {
    say(`conformance: there is no flow ${unknown.join(', ')}; there are ${FLOWS.join(', ')}`);
    return 2;
  }
  const prepared = await preparePython(values.python);
  if (!('skipped' in prepared)) return (await conforms(prepared.python, prepared.versions)) ? 0 : 1;
  const mayBeSkipped = values.python === undefined && (prepared.hasNone || !process.env['CI']);
  say(`conformance: ${mayBeSkipped ? 'skipped' : 'FAILED'}, ${prepared.skipped}`);
  return mayBeSkipped ? 0 : 1;
}

function wants(flow: string): boolean {
  return values.flow?.includes(flow) ?? true;
}

async function conforms(python: string, versions: string): Promise<boolean> {
  const started = Date.now();
  const [driven, compared] = await Promise.all([
    SCRIPTS.some(wants) ? runAll(python) : [],
    wants('bodies') ? checkBodies(python) : { results: [], hasCorpus: true },
  ]);
  const ran = [...driven, ...compared.results];
  const results = [...ran, ...countChecks(ran, FLOWS.filter(wants), await documentedCounts(compared.hasCorpus))];
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

/** An answer of 5xx is a defect of the emulator, whatever the SDK makes of it: no script orders one. */
function wellServed(emulator: Emulator): Result {
  const requests = emulator.requests();
  const failed = requests
    .filter(({ status }) => status >= 500)
    .map(({ method, path, status }) => `${status} ${method} ${path}`);
  const name = `the emulator has an answer to each of ${requests.length} requests`;
  return { kind: 'check', flow: 'emulator', name, passed: failed.length === 0, detail: failed.join('\n'), seconds: 0 };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
