/**
 * `npm run simulate`: the judge over seeded traffic, as tables, and into `results.json`, of which `npm run generate` makes
 * those in `docs/rollout.md`. Exits 1 when a bar is missed.
 */
import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { simulationTables } from './page.ts';
import { keepsBar, rollOut } from './rollouts.ts';
import { PINNED, SCENARIOS } from './scenarios.ts';
import { type Results, scenarioCells, share } from './table.ts';
import { GUARDS, rollOutWithout } from './without.ts';

const outcomes = SCENARIOS.map((scenario) => ({ scenario, outcome: rollOut(scenario) }));
const all = Object.keys(GUARDS);
const taken = [[], ...all.map((guard) => [guard]), all];
const guards = [];
for (const names of taken) {
  const weaker = await rollOutWithout(names);
  guards.push([names.join(', ') || 'nothing', ...PINNED.map((scenario) => share(weaker(scenario).rolledBack))]);
}
const results: Results = {
  scenarios: outcomes.map(({ scenario, outcome }) => scenarioCells(scenario, outcome)),
  guards,
};
const file = new URL('results.json', import.meta.url);
const style = { ...(await resolveConfig('README.md')), parser: 'json' };
await writeFile(file, await format(JSON.stringify(results), style));
const tables = Object.values(simulationTables(results)).join('\n\n');
console.log(await format(tables, { ...style, parser: 'markdown' }));
process.exitCode = outcomes.every(({ scenario: { bar }, outcome }) => !bar || keepsBar(outcome, bar)) ? 0 : 1;
