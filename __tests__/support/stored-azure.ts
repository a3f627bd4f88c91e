import { afterEach, beforeEach } from '@jest/globals';
import { type Azurite, startAzurite } from '../../emulator/azurite.ts';
import { type Azure, startAzure } from './azure.ts';
import { enterFolder } from './folder.ts';
import { type StorageWeather, startStorageWeather } from './storage-weather.ts';

/** An Azure whose workspace has a real store behind it. */
export interface StoredAzure {
  readonly azure: Azure;
  readonly azurite: Azurite;
  /** The way to the store. */
  readonly weather: StorageWeather;
  reset(): void;
  close(): Promise<void>;
}

export async function startStoredAzure(options: Parameters<typeof startAzure>[0] = {}): Promise<StoredAzure> {
  const azurite = await startAzurite();
  const weather = await startStorageWeather(azurite.endpoint);
  const { account, key, container } = azurite;
  const azure = await startAzure({
    storage: { url: `http://${weather.endpoint}/${account}`, key, container },
    ...options,
  });
  return {
    azure,
    azurite,
    weather,
    reset() {
      weather.reset();
      azure.reset();
    },
    async close() {
      await azure.close();
      await weather.close();
      await azurite.close();
    },
  };
}

/** Each test of the file runs in a folder of its own. */
export function inFoldersOfTheirOwn(): void {
  let folder: Awaited<ReturnType<typeof enterFolder>>;
  beforeEach(async () => {
    folder = await enterFolder();
  });
  afterEach(() => folder.leave());
}
