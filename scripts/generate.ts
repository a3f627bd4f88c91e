/** Writes what is generated from one source of truth: `action.yml` from the tables in `src/config`, README from it. */
import { readFile, writeFile } from 'node:fs/promises';
import { actionYaml, withTables } from './faces.ts';

const action = actionYaml();
await writeFile('action.yml', action);
await writeFile('README.md', withTables(await readFile('README.md', 'utf8'), action));
