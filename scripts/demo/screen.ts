import { styleText } from 'node:util';

/** What the demo shows on standard output. Colours only on a terminal. */
export interface Screen {
  /** The next step of the story. */
  step(title: string): void;
  /** A line of a runner's log. */
  log(line: string): void;
  /** Something worth reading. */
  say(line: string): void;
}

export function screen(stream: NodeJS.WriteStream): Screen {
  const colour = (format: Parameters<typeof styleText>[0], text: string): string =>
    stream.isTTY ? styleText(format, text, { stream }) : text;
  let count = 0;
  return {
    step: (title) => stream.write(`\n${colour('bold', `${++count}. ${title}`)}\n`),
    log: (line) => stream.write(colour('dim', `   │ ${line.replaceAll('\n', '\n   │ ')}\n`)),
    say: (line) => stream.write(`   ${line}\n`),
  };
}
