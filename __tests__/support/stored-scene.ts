import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { startAzurite } from '../../emulator/azurite.ts';
import { REPOSITORY } from './repository.ts';
import { inScene, type Scene, type SceneOptions } from './scene.ts';
import { type StorageWeather, startStorageWeather } from './storage-weather.ts';

/** A scene whose workspace has a real store behind it. */
export interface StoredScene extends Scene {
  /** The way to it. */
  readonly storage: StorageWeather;
  /** How many requests put something there. */
  uploads(): number;
}

/** The same as `inScene` where local files can be uploaded, in a repository with this project's own deployments of iris. */
export function inStoredScene(options: SceneOptions, play: (scene: StoredScene) => Promise<void>): () => Promise<void> {
  return async () => {
    const azurite = await startAzurite();
    const storage = await startStorageWeather(azurite.endpoint);
    const { account, key, container } = azurite;
    const store = { url: `http://${storage.endpoint}/${account}`, key, container };
    const uploads = (): number => storage.requests.filter(({ what }) => what.startsWith('PUT')).length;
    try {
      await inScene({ ...options, storage: { ...store, ...options.storage } }, async (scene) => {
        await cp(join(REPOSITORY, 'endpoints/iris'), join(scene.workspace, 'endpoints/iris'), { recursive: true });
        await play({ ...scene, storage, uploads });
      })();
    } finally {
      await storage.close();
      await azurite.close();
    }
  };
}
