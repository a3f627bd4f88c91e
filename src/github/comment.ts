import { getOctokit } from '@actions/github';
import { Failure } from '../failure.ts';
import type { PullRequest } from './pull-request.ts';

/** GitHub takes 65,536 characters; the rest is room for its own counting of them. */
export const LARGEST_COMMENT = 60_000;

const LONGEST_ANSWER = 30_000;

export interface Comment {
  /** Tells our comment from all others and from those of other workspaces; hidden in the page. */
  readonly marker: string;
  readonly body: string;
}

/**
 * Writes a comment into a pull request, in the place of the one that an earlier run left there.
 * @throws Failure with GitHub's words and the permission that is missing
 */
export async function putComment(
  pullRequest: PullRequest,
  comment: Comment,
  access: { readonly token: string; readonly apiUrl: string; readonly signal: AbortSignal },
): Promise<'created' | 'updated'> {
  const { owner, repo, number } = pullRequest;
  const silence = AbortSignal.timeout(LONGEST_ANSWER);
  const { issues, ...octokit } = client({ ...access, signal: AbortSignal.any([access.signal, silence]) });
  const hidden = `<!-- ${comment.marker} -->`;
  const body = `${hidden}\n${comment.body}`;
  try {
    const all = await octokit.paginate(issues.listComments, { owner, repo, issue_number: number, per_page: 100 });
    const ours = all.find((each) => each.body?.startsWith(hidden));
    if (ours) await issues.updateComment({ owner, repo, comment_id: ours.id, body });
    else await issues.createComment({ owner, repo, issue_number: number, body });
    return ours ? 'updated' : 'created';
  } catch (error) {
    access.signal.throwIfAborted();
    if (silence.aborted) throw silent(number);
    throw wasAnswered(error) ? refused(error, number) : unanswered(error, number, access.apiUrl);
  }
}

function client(access: { token: string; apiUrl: string; signal: AbortSignal }) {
  const octokit = getOctokit(access.token, { baseUrl: access.apiUrl });
  // An option `request` would take the place of the toolkit's own, which goes by the proxy; and what a single call is given
  // does not reach its further pages.
  octokit.hook.before('request', (options) => {
    options.request = { ...options.request, signal: access.signal };
  });
  return { issues: octokit.rest.issues, paginate: octokit.paginate };
}

function silent(number: number): Failure {
  return new Failure(`GitHub did not accept the comment on pull request ${number} within 30 s`, {
    code: 'ETIMEDOUT',
    nextStep: 'Run again; the plan itself is in the log and in the job summary.',
  });
}

/** The toolkit makes an error with a status of its own also where nobody has answered. */
function wasAnswered(error: unknown): boolean {
  return (error as { response?: unknown }).response !== undefined;
}

function unanswered(error: unknown, number: number, apiUrl: string): Failure {
  const { code, message } = rootOf(error);
  const why = code ?? message?.split('\n')[0];
  return new Failure(`no response from ${new URL(apiUrl).host} to the comment on pull request ${number} (${why})`, {
    code,
    nextStep:
      'Run again; behind a proxy set HTTPS_PROXY and NO_PROXY. The plan itself is in the log and in the job summary.',
    cause: error,
  });
}

/** What the network said stands below the errors of those who passed it on. */
function rootOf(error: unknown): { readonly code?: string; readonly message?: string } {
  const { cause } = error as { cause?: unknown };
  return cause instanceof Error ? rootOf(cause) : (error as Error);
}

function refused(error: unknown, number: number): Failure {
  const { status, message } = error as { status?: number; message: string };
  return new Failure(`GitHub rejected the comment on pull request ${number}: ${message.split('\n')[0]!}`, {
    code: status ? `HTTP ${status}` : undefined,
    nextStep:
      status === 403 || status === 404
        ? 'Add `permissions: pull-requests: write` to the job. Pull requests from forks never have it.'
        : 'Run again; the plan itself is in the log and in the job summary.',
  });
}
