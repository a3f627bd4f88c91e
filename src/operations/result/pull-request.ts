import type { PlanConfig } from '../../config/config.ts';
import type { Deps } from '../../deps.ts';
import { Failure } from '../../failure.ts';
import { pullRequestOf } from '../../github/pull-request.ts';
import type { Outcome } from '../../report/outcome.ts';
import { reasonOf } from '../../report/problem.ts';
import { summaryMarkdown } from '../../report/summary.ts';

/**
 * Shows a plan in its pull request. With `comment: auto` a comment that cannot be written is a warning, since the plan
 * is in the job summary all the same; with `true` it is an error.
 * @returns that error, which takes nothing away from the plan
 */
export async function announcePlan(config: PlanConfig, outcome: Outcome, deps: Deps): Promise<unknown> {
  const { mode, token } = config.comment;
  if (mode === 'false' || deps.signal.aborted) return undefined;
  const pullRequest = await pullRequestOf(deps.env, deps.files);
  if (!pullRequest || !token) {
    if (mode === 'auto') return undefined;
    return cannot(pullRequest ? 'there is no `github-token`' : 'no pull request started this job');
  }
  const { LARGEST_COMMENT, putComment } = await import('../../github/comment.ts');
  const { subscriptionId, resourceGroup, workspaceName } = config.azure;
  const marker = `azureml-online-endpoint plan ${subscriptionId}/${resourceGroup}/${workspaceName}`.toLowerCase();
  const body = deps.report.clean(summaryMarkdown(`plan for ${workspaceName}`, outcome, LARGEST_COMMENT));
  const apiUrl = deps.env['GITHUB_API_URL'] ?? 'https://api.github.com';
  try {
    const done = await putComment(pullRequest, { marker, body }, { token, apiUrl, signal: deps.signal });
    deps.report.info(`${done} the comment in pull request ${pullRequest.number}`);
    return undefined;
  } catch (error) {
    if (mode === 'true') return error;
    const nextStep = error instanceof Failure ? ` ${error.details.nextStep ?? ''}` : '';
    deps.report.warning(`${reasonOf(error)}.${nextStep}`);
    return undefined;
  }
}

function cannot(reason: string): Failure {
  return new Failure(`\`comment: true\` cannot be done: ${reason}`, {
    nextStep: 'Run `plan` in a workflow with `on: pull_request`, or leave `comment` at `auto`.',
  });
}
