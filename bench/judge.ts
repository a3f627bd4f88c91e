import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Figure, median } from './figure.ts';
import { DEPLOYMENTS, MINUTES, timedVerdicts } from './verdicts.ts';

const RUNS = 21;
const FRESH_RUNS = 5;

/** Verdicts where the judge has run before, as in a rollout of some steps, and in processes that have just begun. */
export async function judging(): Promise<Figure[]> {
  const times = Array.from({ length: RUNS }, timedVerdicts);
  const fresh: number[] = [];
  for (let run = 0; run < FRESH_RUNS; run += 1) fresh.push(await inFreshProcess());
  const name = `verdict on ${MINUTES} minutes of ${DEPLOYMENTS} deployments`;
  return [
    { name, unit: 'ms', value: median(times), runs: RUNS, atMost: 50 },
    { name: `${name}, in a process that has just begun`, unit: 'ms', value: median(fresh), runs: FRESH_RUNS },
  ];
}

async function inFreshProcess(): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [resolve('bench/verdicts.ts')]);
  return Number(stdout);
}
