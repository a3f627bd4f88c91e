import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from './scripts.ts';

const PAGE = join(import.meta.dirname, '../docs/conformance.md');

/**
 * How many checks the page gives each flow, in the second column of its table: a number, or `67 + 36`, of which the second
 * are those that need the corpus.
 */
export async function documentedCounts(hasCorpus: boolean): Promise<ReadonlyMap<string, number>> {
  const rows = (await readFile(PAGE, 'utf8')).matchAll(/^\| `(\w+)` *\| *(\d+)(?: \+ (\d+))? *\|/gm);
  return new Map(
    Array.from(rows, ([, flow, fixed, more]) => [flow!, Number(fixed) + (hasCorpus ? Number(more ?? 0) : 0)]),
  );
}

/** A flow that lost a check, or that the page does not know, proves less than people are told. */
export function countChecks(
  results: readonly Result[],
  flows: readonly string[],
  documented: ReadonlyMap<string, number>,
): Result[] {
  return flows.map((flow) => {
    const found = results.filter((result) => result.flow === flow).length;
    const wanted = documented.get(flow);
    const detail = found === wanted ? '' : `found ${found}, docs/conformance.md says ${wanted ?? 'nothing'}`;
    const name = `${flow} has as many checks as docs/conformance.md says`;
    return { kind: 'check', flow: 'counts', name, passed: detail === '', detail, seconds: 0 };
  });
}
