import type { Env } from '../../deps.ts';

const RUN = /^(\d+)\.(\d+)(?:\.|$)/;

/**
 * A name for this process as the one that runs a rollout: `<run id>.<attempt>.<word>` on GitHub, else a word. The word tells two
 * jobs of one run apart. What a later step or the `post` step of the same job does, it does under the same name, so keep it.
 * @param random a number in [0, 1)
 */
export function holderName(env: Env, random: () => number): string {
  const word = Math.floor(random() * 36 ** 6)
    .toString(36)
    .padStart(6, '0');
  const { GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt } = env;
  const isRun = /^\d{1,20}$/.test(run ?? '') && /^\d{1,6}$/.test(attempt ?? '');
  return isRun ? `${run}.${attempt}.${word}` : word;
}

/** Where a person can watch the holder: the page of its run, when it is one of this repository. */
export function holderLink(holder: string, env: Env): string | undefined {
  const [, run] = RUN.exec(holder) ?? [];
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env;
  return run && server && repository ? `${server}/${repository}/actions/runs/${run}` : undefined;
}

/** How a message names a holder: `run 17 (attempt 2)`. */
export function holderWords(holder: string): string {
  const [, run, attempt] = RUN.exec(holder) ?? [];
  return run === undefined ? `process ${holder}` : `run ${run} (attempt ${attempt})`;
}

/**
 * Whether a holder cannot be at work any more because `me` is: GitHub starts a new attempt of a run only when the one before is
 * over. Source: GitHub Docs, "Re-running workflows and jobs".
 */
export function isOver(holder: string, me: string): boolean {
  const [, run, attempt] = RUN.exec(holder) ?? [];
  const [, mine, later] = RUN.exec(me) ?? [];
  return run !== undefined && run === mine && Number(attempt) < Number(later);
}

/** Whether a person asked GitHub to run this again since `holder` did; two jobs of one attempt are not that. */
export function isRerun(me: string, holder: string): boolean {
  const [, run, attempt] = RUN.exec(holder) ?? [];
  const [, mine, later] = RUN.exec(me) ?? [];
  return Number(later ?? 1) > 1 && (run !== mine || attempt !== later);
}
