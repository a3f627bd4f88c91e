import type { ListContent } from '../spec/deployment/listed.ts';
import { contentFaults, discreet } from './faults.ts';
import { type ListableFiles, type Listing, listContent } from './listing.ts';

/** Lists the content of assets, each path once however many deployments name it. */
export function openLister(files: ListableFiles, signal: AbortSignal): ListContent {
  const begun = new Map<string, Promise<Listing>>();
  return async ({ local: path, shown = path }) => {
    const listing = begun.get(path) ?? listContent(files, path, signal);
    begun.set(path, listing);
    try {
      return { names: (await listing).files.map(({ name }) => name) };
    } catch (error) {
      signal.throwIfAborted();
      return { faults: contentFaults(discreet(error, path, shown)) };
    }
  };
}
