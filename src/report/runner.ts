import { randomUUID } from 'node:crypto';
import * as core from '@actions/core';
import type { Position, Report } from '../deps.ts';
import { harmless } from './harmless.ts';
import { redaction } from './redaction.ts';
import { withinLimit } from './summary.ts';

export interface RunnerReport extends Report {
  /**
   * Writes the job summary, with the drafts of all that it does not show by itself below. Markdown.
   * @param shown what it shows
   * @throws the file system's own error
   */
  summary(markdown: string, shown: readonly string[]): Promise<void>;
}

/** Writes to the log of a GitHub runner, as annotations where there is a place to point at. */
export function runnerReport(): RunnerReport {
  const { add, apply: clean } = redaction();
  const drafts = new Map<string, string>();
  // The toolkit has one buffer, which several rollouts at a time would empty for each other.
  let turn: Promise<unknown> = Promise.resolve();
  const write = (parts: () => string[]): Promise<void> => {
    const mine = turn.then(() => writeSummary(withinLimit(clean(parts().join('\n\n')))));
    turn = mine.catch(() => undefined);
    return mine;
  };
  return {
    mask(secret) {
      if (secret.trim() === '') return;
      core.setSecret(secret);
      add(secret);
    },
    clean,
    debug: (message) => core.debug(clean(message)),
    info: (message) => core.info(harmless(clean(message))),
    notice: (message, at) => core.notice(clean(message), annotation(at)),
    warning: (message, at) => core.warning(clean(message), annotation(at)),
    error: (message, at) => core.error(clean(message), annotation(at)),
    draft(about, markdown) {
      drafts.set(about, markdown);
      return write(() => [...drafts.values()]);
    },
    summary(markdown, shown) {
      const others = [...drafts].filter(([about]) => !shown.includes(about)).map(([, draft]) => draft);
      return write(() => [markdown, ...others]);
    },
    foreign(title, text) {
      core.startGroup(harmless(clean(title)));
      for (const line of withoutCommands(harmless(clean(text)))) core.info(line);
      core.endGroup();
    },
  };
}

/** Between the two lines the runner obeys nothing. The word that ends it cannot be guessed by whoever wrote the text. */
function withoutCommands(text: string): string[] {
  const word = randomUUID();
  return [`::stop-commands::${word}`, ...text.split(/\r?\n/), `::${word}::`];
}

/** The summary of this step, all of it. GitHub shows it once the step has ended, however that was. */
async function writeSummary(markdown: string): Promise<void> {
  if (!process.env['GITHUB_STEP_SUMMARY']) return;
  await core.summary.emptyBuffer().addRaw(markdown).write({ overwrite: true });
}

function annotation(at: Partial<Position> = {}): core.AnnotationProperties {
  return {
    ...(at.file === undefined ? {} : { file: at.file }),
    ...(at.line === undefined ? {} : { startLine: at.line }),
    ...(at.column === undefined ? {} : { startColumn: at.column }),
  };
}
