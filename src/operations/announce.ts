import type { PlanConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import { Failure } from '../failure.ts';
import { pullRequestOf } from '../github/pull-request.ts';
import type { Outcome } from '../report/outcome.ts';
import { reasonOf } from '../report/problem.ts';
import { summaryMarkdown } from '../report/summary.ts';

/**
 * Shows a plan in its pull request. With `comment: auto` a comment that cannot be written is a warning, since the plan
 * is in the job summary all the same; with `true` it is an error.
 */
export async function announcePlan(config: PlanConfig, outcome: Outcome, deps: Deps): Promise<void> {
  const { mode, token } = config.comment;
  if (mode === 'false') return;
  const pullRequest = await pullRequestOf(deps.env, deps.files);
  if (!pullRequest || !token) {
    if (mode === 'true') throw cannot(pullRequest ? 'there is no `github-token`' : 'no pull request started this job');
    return;
  }
  const { LARGEST_COMMENT, putComment } = await import('../github/comment.ts');
  const { subscriptionId, resourceGroup, workspaceName } = config.azure;
  const marker = `azureml-online-endpoint plan ${subscriptionId}/${resourceGroup}/${workspaceName}`.toLowerCase();
  const body = summaryMarkdown(`plan for ${workspaceName}`, outcome, LARGEST_COMMENT);
  const apiUrl = deps.env['GITHUB_API_URL'] ?? 'https://api.github.com';
  try {
    const done = await putComment(pullRequest, { marker, body }, { token, apiUrl, signal: deps.signal });
    deps.report.info(`${done} the comment in pull request ${pullRequest.number}`);
  } catch (error) {
    if (mode === 'true' || deps.signal.aborted) throw error;
    const nextStep = error instanceof Failure ? ` ${error.details.nextStep ?? ''}` : '';
    deps.report.warning(`${reasonOf(error)}.${nextStep}`);
  }
}

function cannot(reason: string): Failure {
  return new Failure(`\`comment: true\` cannot be done: ${reason}`, {
    nextStep: 'Run `plan` in a workflow with `on: pull_request`, or leave `comment` at `auto`.',
  });
}
