import { open, readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, Files } from './deps.ts';

/** The machine's own file system, seen from the working directory. */
export const hostFiles: Files = {
  async list(folder) {
    try {
      const entries = await readdir(folder, { withFileTypes: true });
      // A link to a file is a file to its owner; whatever else it leads to shows when it is read.
      return entries
        .filter((entry) => entry.isFile() || entry.isSymbolicLink())
        .map((entry) => entry.name)
        .sort();
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
      throw error;
    }
  },
  async read(path, limit) {
    const file = await open(path);
    try {
      const buffer = Buffer.alloc(Math.min(limit, (await file.stat()).size) + 1);
      let length = 0;
      for (;;) {
        const { bytesRead } = await file.read(buffer, length, buffer.length - length);
        length += bytesRead;
        if (bytesRead === 0 || length === buffer.length) return buffer.subarray(0, length);
      }
    } finally {
      await file.close();
    }
  },
};

export const hostClock: Clock = {
  now: Date.now,
  random: Math.random,
  async sleep(milliseconds, signal) {
    try {
      await delay(milliseconds, undefined, { signal });
    } catch {
      signal.throwIfAborted();
    }
  },
};
