/**
 * Writes what is generated from one source of truth: `action.yml` from the tables in `src/config`, the README's tables from
 * it, and the JSON schema for editors from the table in `src/spec`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { actionYaml, withTables } from './faces.ts';
import { endpointJsonSchema } from './json-schema.ts';

const style = await resolveConfig('README.md');
const action = actionYaml();
await writeFile('action.yml', action);
const readme = withTables(await readFile('README.md', 'utf8'), action);
await writeFile('README.md', await format(readme, { ...style, parser: 'markdown' }));
await writeFile('endpoint.schema.json', await format(JSON.stringify(endpointJsonSchema()), { parser: 'json' }));
