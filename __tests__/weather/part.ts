import { execFileSync } from 'node:child_process';
import { REPOSITORY } from '../support/repository.ts';

/** Which of the equal parts of the table a run takes, counted from 1, and what chose it. */
export interface Part {
  readonly part: number;
  readonly of: number;
  readonly chosenBy: string;
}

/**
 * `WEATHER_SHARE=6` is one of six parts: the one that `WEATHER_PART` names, else one that the commit chooses, so that each
 * commit has its own and a second run of it the same. Where there is no git, the day chooses.
 * @throws Error when there is no such part
 */
export function partFrom(
  env: Readonly<Record<string, string | undefined>>,
  commit: string | undefined,
  now: number,
): Part {
  const of = wholeNumber('WEATHER_SHARE', env['WEATHER_SHARE'] || '1');
  if (env['WEATHER_PART']) {
    const part = wholeNumber('WEATHER_PART', env['WEATHER_PART']);
    if (part > of) throw new Error(`WEATHER_PART=${part}: with WEATHER_SHARE=${of} there are ${of} parts`);
    return { part, of, chosenBy: 'WEATHER_PART' };
  }
  if (commit !== undefined) {
    return { part: (parseInt(commit.slice(0, 8), 16) % of) + 1, of, chosenBy: `commit ${commit.slice(0, 8)}` };
  }
  const day = new Date(now).toISOString().slice(0, 10);
  return { part: (Math.floor(now / 86_400_000) % of) + 1, of, chosenBy: `the day, ${day}` };
}

/** What belongs to the part: every sixth, beginning with the part's number. */
export function inPart<T>(all: readonly T[], { part, of }: Pick<Part, 'part' | 'of'>): T[] {
  return all.filter((_, index) => index % of === part - 1);
}

/** The commit that is checked out; nothing in a copy without git. */
export function commitHere(): string | undefined {
  try {
    const commit = execFileSync('git', ['rev-parse', '--verify', 'HEAD'], {
      cwd: REPOSITORY,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    return /^[0-9a-f]{40,}$/.test(commit) ? commit : undefined;
  } catch {
    return undefined;
  }
}

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error(`${name}=${text} is not a whole number from 1`);
  return Number(text);
}
