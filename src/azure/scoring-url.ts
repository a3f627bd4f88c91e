import { Failure } from '../failure.ts';

/**
 * The URL to call: the scoring URL, or with `path` in the place of its last `/score`. What stands before that, which on
 * Kubernetes names the endpoint, stays.
 * @param path as `SCORING_PATH` takes it
 * @throws Failure when the URL does not end in `/score`, or when it would come to lead elsewhere: a key must not get there
 */
export function calledUrl(scoringUrl: string, path: string | undefined): string {
  if (path === undefined) return scoringUrl;
  const old = URL.canParse(scoringUrl) ? new URL(scoringUrl) : undefined;
  const [, before] = /^(.*)\/score\/?$/.exec(old?.pathname ?? '') ?? [];
  if (!old || before === undefined) {
    throw new Failure(`the scoring URL ${scoringUrl} does not end in /score, so that no path can take its place`, {
      nextStep: 'Leave `path` (in a policy `smoke.path`) out, and call the container with a client of your own.',
    });
  }
  const text = `${old.origin}${before}${path}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.origin !== old.origin || !url.pathname.startsWith(`${before}/`)) {
    throw new Failure(`the path ${path} would lead away from ${old.origin}${before}/, and nothing was sent`, {
      nextStep: 'Give the path that the container serves, such as /v1/models/iris:predict.',
    });
  }
  return url.href;
}
