import { stripVTControlCharacters, styleText } from 'node:util';
import type { Env, Position, Report } from '../deps.ts';
import { faultLine } from '../failure.ts';
import { harmless } from './harmless.ts';
import { redaction } from './redaction.ts';

type Colour = Parameters<typeof styleText>[0];

/**
 * Writes to a person's terminal: everything to standard error, so that standard output holds the answer alone. Colours
 * only on a terminal.
 */
export function terminalReport(stream: NodeJS.WriteStream, env: Env): Report {
  const { add, apply } = redaction();
  const onRunner = env['GITHUB_ACTIONS'] === 'true';
  const line = (text: string, colour?: Colour): void => {
    const clean = onRunner ? harmless(apply(text)) : apply(text);
    stream.write(`${colour && stream.isTTY ? styleText(colour, clean, { stream }) : clean}\n`);
  };
  const placed = (word: string, message: string, at: Partial<Position> | undefined): string =>
    faultLine({ ...at, message: `${word}: ${message}` });
  return {
    mask(secret) {
      add(secret);
      // `make` in a workflow: the runner reads commands from standard error too.
      if (onRunner && secret.trim() !== '') stream.write(`::add-mask::${escapeData(secret)}\n`);
    },
    clean: apply,
    debug(message) {
      if (env['RUNNER_DEBUG'] === '1' || env['DEBUG']) line(message, 'dim');
    },
    info: (message) => line(message),
    notice: (message, at) => line(placed('note', message, at), 'cyan'),
    warning: (message, at) => line(placed('warning', message, at), 'yellow'),
    error: (message, at) => line(placed('error', message, at), 'red'),
    draft: async () => {},
    foreign(title, text) {
      line(title, 'bold');
      for (const each of text.split(/\r?\n/)) line(`  | ${withoutControls(each)}`);
    },
  };
}

/** What a stranger wrote must not move the cursor or clear the screen. */
function withoutControls(text: string): string {
  return stripVTControlCharacters(text).replace(/\p{Cc}/gu, (character) => (character === '\t' ? character : ''));
}

/** Source: actions/toolkit, `command.ts`. */
function escapeData(value: string): string {
  return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
