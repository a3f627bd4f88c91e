/**
 * Asks a person at a terminal to type a word; anything else, and no answer at all, means no. Questions that come while
 * one is open wait for their turn, so that an answer belongs to the question above it.
 * @param interrupt what Ctrl-C does
 */
export function askToConfirm(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  signal: AbortSignal,
  interrupt: () => void,
) {
  let last: Promise<unknown> = Promise.resolve();
  const ask = async (consequence: string, expected: string): Promise<boolean> => {
    // Loaded when there is a question: most runs have none.
    const { createInterface } = await import('node:readline/promises');
    const lines = createInterface({ input, output });
    // While a line is being read, the terminal hands Ctrl-C to the reader and not to the process.
    lines.on('SIGINT', interrupt);
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
  return (consequence: string, expected: string): Promise<boolean> => {
    const turn = last.then(() => ask(consequence, expected));
    last = turn.catch(() => undefined);
    return turn;
  };
}
