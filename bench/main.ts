/** `npm run bench`: speed, size and memory of the committed bundle, as a table and in `bench/results.json`. */
import { writeFile } from 'node:fs/promises';
import { startEmulator } from '../emulator/server.ts';
import { type Figure, figureTable, keepsItsBar } from './figure.ts';
import { judging } from './judge.ts';
import { planScale } from './plan-scale.ts';
import { requests, trafficUpdates } from './requests.ts';
import { besideTheSdk } from './sdk.ts';
import { size } from './size.ts';
import { startUp } from './start-up.ts';
import { uploads } from './upload/uploads.ts';

const iris = {
  name: 'iris',
  properties: { description: 'Predicts the species of an iris from four measurements' },
  tags: { owner: 'data-science' },
};
const emulator = await startEmulator({ seed: { workspaces: [{ name: 'ws-emulator', endpoints: [iris] }] } });
const figures: Figure[] = [];
try {
  figures.push(...(await startUp(emulator)));
} finally {
  await emulator.close();
}
figures.push(...(await requests()));
figures.push(...(await planScale()));
figures.push(...(await trafficUpdates([1, 15, 90])));
figures.push(...(await uploads()));
figures.push(...(await judging()));
figures.push(...(await size()));
const peers = await besideTheSdk();
if (typeof peers !== 'string') figures.push(...peers);

console.log(figureTable(figures));
if (typeof peers === 'string') console.log(`azure-ai-ml beside ours: skipped, ${peers}`);
await writeFile('bench/results.json', `${JSON.stringify({ node: process.version, figures }, null, 2)}\n`);
process.exitCode = figures.every(keepsItsBar) ? 0 : 1;
