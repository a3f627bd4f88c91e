import { mkdir, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Workspace } from '../../../src/azure/connect.ts';
import { type AssetRun, deployment, localModel, openRun } from '../../support/asset-scene.ts';
import type { Azure } from '../../support/azure.ts';
import { inFoldersOfTheirOwn, startStoredAzure, type StoredAzure } from '../../support/stored-azure.ts';
import type { StorageWeather } from '../../support/storage-weather.ts';

let store: StoredAzure;
let azure: Azure;
let weather: StorageWeather;
beforeAll(async () => {
  store = await startStoredAzure();
  ({ azure, weather } = store);
});
inFoldersOfTheirOwn();
beforeEach(async () => {
  await mkdir('model');
  // More than are sent at once, so that some are left when the time is up.
  for (let name = 0; name < 20; name += 1) await writeFile(`model/${name}`, `${name} ${Math.random()}`);
});
afterEach(() => store.reset());
afterAll(() => store.close());

const HOUR = 3_600_000;
const SPEC = deployment({ model: localModel('model') });

/** The workspace with so many milliseconds from now on. */
function withTime({ workspace, deps }: AssetRun, milliseconds: number): Workspace {
  return workspace.within({ signal: deps.signal, deadline: deps.clock.now() + milliseconds });
}

describe('what an endpoint uploads and registers', () => {
  test('has the time of that endpoint, not of the run', async () => {
    const run = await openRun(azure);
    const { assets } = await run.identify(SPEC, undefined);
    run.deps.clock.advance(2 * HOUR);
    weather.trouble(/PUT model/, { status: 503, code: 'ServerBusy' });
    azure.fault({ match: { method: 'PUT', path: '/models/' }, then: { status: 503 } });
    await run.publish(assets, withTime(run, HOUR));
    expect(azure.state().assets).toHaveLength(1);
  });

  test('is done in the time of another that waits for the same, when its own is up', async () => {
    const run = await openRun(azure);
    const { assets } = await run.identify(SPEC, undefined);
    let isFirst = true;
    weather.onRequest = ({ what }) => {
      if (!isFirst || !/PUT model/.test(what)) return;
      isFirst = false;
      run.deps.clock.advance(2_000);
    };
    const [short, long] = await Promise.allSettled([
      run.publish(assets, withTime(run, 1_000)),
      run.publish(assets, withTime(run, HOUR)),
    ]);
    expect(long).toMatchObject({ status: 'fulfilled' });
    expect(short).toMatchObject({ reason: { message: 'upload of model: not finished in time' } });
  });
});
