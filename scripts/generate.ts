/**
 * Writes what is generated from one source of truth: `action.yml` from the tables in `src/config`, the README's tables from
 * it and its workflows from `examples/`, the JSON schemas for editors and the tables of `docs/rollout.md` from the tables in
 * `src/spec` and `src/rollout` and from the latest `npm run simulate`, and `docs/reliability.md` from the table of weather.
 */
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { actionYaml, withExamples, withTables } from './faces.ts';
import { deploymentJsonSchema, endpointJsonSchema, rolloutJsonSchema } from './json-schema.ts';
import { withPolicyTables } from './policy-table.ts';
import { withSimulation } from './simulate/page.ts';
import type { Results } from './simulate/table.ts';
import { reliabilityPage } from './reliability.ts';

const style = await resolveConfig('README.md');
const action = actionYaml();
await writeFile('action.yml', action);
const workflow = (name: string): string => readFileSync(`examples/${name}.yml`, 'utf8');
const readme = withExamples(withTables(await readFile('README.md', 'utf8'), action), workflow);
await writeFile('README.md', await format(readme, { ...style, parser: 'markdown' }));
await writeFile('docs/reliability.md', await format(reliabilityPage(), { ...style, parser: 'markdown' }));
await writeFile('endpoint.schema.json', await format(JSON.stringify(endpointJsonSchema()), { parser: 'json' }));
await writeFile('deployment.schema.json', await format(JSON.stringify(deploymentJsonSchema()), { parser: 'json' }));
await writeFile('rollout.schema.json', await format(JSON.stringify(rolloutJsonSchema()), { parser: 'json' }));
const simulated = JSON.parse(await readFile('scripts/simulate/results.json', 'utf8')) as Results;
const rollout = withSimulation(withPolicyTables(await readFile('docs/rollout.md', 'utf8')), simulated);
await writeFile('docs/rollout.md', await format(rollout, { ...style, parser: 'markdown' }));
