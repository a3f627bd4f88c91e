import type { Journal, JournalEntry } from './deps.ts';

/** A journal in memory. @param changed told of each change, so that a face can keep it beyond the process */
export function journal(changed: (open: readonly JournalEntry[]) => void = () => {}): Journal {
  const entries = new Map<string, JournalEntry>();
  let begun = false;
  return {
    begin(entry) {
      begun = true;
      entries.set(entry.what, entry);
      changed([...entries.values()]);
    },
    end({ what }) {
      if (entries.delete(what)) changed([...entries.values()]);
    },
    hasBegun: () => begun,
    open: () => [...entries.values()],
  };
}
