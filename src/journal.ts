import type { Journal, JournalEntry } from './deps.ts';

/**
 * A journal in memory.
 * @param changed told of each change, so that a face can keep it beyond the process
 * @param left what another process has left open
 */
export function journal(
  changed: (open: readonly JournalEntry[]) => void = () => {},
  left: readonly JournalEntry[] = [],
): Journal {
  const entries = new Map(left.map((entry) => [entry.what, entry]));
  const begun = new Set<string>();
  return {
    begin(entry) {
      begun.add(entry.endpoint);
      entries.set(entry.what, entry);
      changed([...entries.values()]);
    },
    end({ what }) {
      if (entries.delete(what)) changed([...entries.values()]);
    },
    hasBegun: (endpoint) => (endpoint === undefined ? begun.size > 0 : begun.has(endpoint)),
    open: () => [...entries.values()],
  };
}
