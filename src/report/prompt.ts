import { createInterface } from 'node:readline/promises';

/** Asks a person at a terminal to type a word; anything else, and no answer at all, means no. */
export function askToConfirm(input: NodeJS.ReadableStream, output: NodeJS.WritableStream, signal: AbortSignal) {
  return async (consequence: string, expected: string): Promise<boolean> => {
    const lines = createInterface({ input, output });
    // While a line is being read, the terminal hands Ctrl-C to the reader and not to the process.
    lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    const hungUp = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    try {
      const asked = lines.question(`${consequence}\nType ${expected} to go on: `, { signal });
      return (await Promise.race([asked, hungUp])).trim().toLowerCase() === expected;
    } catch {
      output.write('\n');
      signal.throwIfAborted();
      // Ctrl-D ends the reader with an error of its own.
      return false;
    } finally {
      lines.close();
    }
  };
}
