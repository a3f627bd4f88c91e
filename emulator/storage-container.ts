import { accountSas, containerUrl, isNowhere } from './storage.ts';
import type { Storage } from './storage.ts';

const quarter = 15 * 60_000;

/**
 * Makes the container where there is none: in Azure it comes with the workspace. Without a key, or without a store,
 * nothing is done. Throws when the store is not reached or refuses.
 */
export async function makeContainer(storage: Storage, container: string, now: number): Promise<void> {
  if (storage.key === '' || isNowhere(storage)) return;
  const url = containerUrl(storage, container);
  const answer = await fetch(`${url}?restype=container&${accountSas(storage, now + quarter)}`, { method: 'PUT' }).catch(
    (error: unknown) => {
      throw new Error(`${url} is not reached`, { cause: error });
    },
  );
  const isThere = answer.status === 201 || answer.status === 409;
  if (!isThere)
    throw new Error(`${url} cannot be made: ${answer.status} ${answer.headers.get('x-ms-error-code') ?? ''}`);
}
