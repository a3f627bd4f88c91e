import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, jest, test } from '@jest/globals';
import pLimit from 'p-limit';
import { REPOSITORY } from '../support/repository.ts';
import { commitHere, inPart, partFrom } from './part.ts';
import { runCell, type Seen } from './run-cell.ts';
import { type Cell, CELLS } from './table.ts';

// The first test may wait for the last run.
jest.setTimeout(900_000);

/** Most of a run is waiting, so many more than there are processors go side by side. */
const SIDE_BY_SIDE = Number(process.env['WEATHER_JOBS'] ?? 40);

/** `WEATHER='read: 503' …` runs the cells whose names have these words, `WEATHER_SHARE=5` one of five parts of them. */
const named = CELLS.filter(({ name }) => name.includes(process.env['WEATHER'] ?? ''));
const part = partFrom(process.env, commitHere(), Date.now());
const chosen = inPart(named, part);
if (part.of > 1) {
  const which = `part ${part.part} of ${part.of}, ${chosen.length} of ${named.length} runs, chosen by ${part.chosenBy}`;
  // Jest keeps what a passing test says to itself.
  process.stderr.write(`weather: ${which}; again with WEATHER_SHARE=${part.of} WEATHER_PART=${part.part}\n`);
}

const runs = new Map<Cell, Promise<Seen>>();
const results: (Seen & { readonly cell: string; readonly ending: string })[] = [];
let bundle: string;

beforeAll(async () => {
  bundle = await mkdtemp(join(tmpdir(), 'bundle-'));
  // A copy, so that a build in the meantime does not change what is proved.
  for (const part of ['action.yml', 'dist']) await cp(join(REPOSITORY, part), join(bundle, part), { recursive: true });
  const limit = pLimit(SIDE_BY_SIDE);
  const slowestFirst = chosen.toSorted((a, b) => (b.row.within ?? 30) - (a.row.within ?? 30));
  for (const cell of slowestFirst) {
    const run = limit(() => runCell(cell, bundle));
    // Each test awaits its own; until then a failure is nobody's.
    run.catch(() => undefined);
    runs.set(cell, run);
  }
});

afterAll(async () => {
  await Promise.allSettled(runs.values());
  await rm(bundle, { recursive: true, force: true });
  await mkdir(join(REPOSITORY, 'coverage'), { recursive: true });
  await writeFile(join(REPOSITORY, 'coverage/weather.json'), `${JSON.stringify(results, undefined, 2)}\n`);
});

test.each(chosen)('$name: $ending', async (cell) => {
  const seen = await runs.get(cell)!;
  results.push({ cell: cell.name, ending: cell.ending, ...seen });
});
