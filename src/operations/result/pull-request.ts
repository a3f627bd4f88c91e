import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { PlanConfig } from '../../config/config.ts';
import { inputDefinition } from '../../config/inputs.ts';
import type { Deps } from '../../deps.ts';
import { Failure } from '../../failure.ts';
import { type PullRequest, pullRequestOf } from '../../github/pull-request.ts';
import type { Outcome } from '../../report/outcome.ts';
import { reasonOf } from '../../report/problem.ts';
import { summaryMarkdown } from '../../report/summary.ts';
import { markdownText } from '../../table.ts';
import { holderLink, holderWords } from '../../rollout/state/holder.ts';
import type { SpecRequest } from '../../spec/model.ts';

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
  const title = `plan for ${markdownText(config.azure.workspaceName)}${part(config.request)}`;
  const text = summaryMarkdown(title, outcome, LARGEST_COMMENT);
  const body = deps.report.clean([text, ...origin(pullRequest, deps)].join('\n'));
  const marker = markerOf(config);
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

/** Plans of other folders, or of other endpoints of the same workspace, have comments of their own. */
function markerOf({ azure, request }: PlanConfig): string {
  const { subscriptionId, resourceGroup, workspaceName } = azure;
  const scope = createHash('sha256').update(JSON.stringify([folderOf(request), selectionOf(request)]));
  const workspace = `${subscriptionId}/${resourceGroup}/${workspaceName}`.toLowerCase();
  return `azureml-online-endpoint plan ${workspace} ${scope.digest('hex').slice(0, 12)}`;
}

/** What tells two comments apart for a person. */
function part(request: SpecRequest): string {
  const selection = selectionOf(request);
  const endpoints = selection.includes('*') ? '' : `, ${selection.join(' ')}`;
  const folder = folderOf(request) === inputDefinition('endpoints-dir').default ? '' : ` in ${folderOf(request)}`;
  return markdownText(endpoints + folder);
}

function folderOf({ folder }: SpecRequest): string {
  return posix.normalize(folder.replaceAll('\\', '/')).replace(/(?<=.)\/$/, '');
}

/** However it was written. */
function selectionOf({ select }: SpecRequest): string[] {
  return select.includes('*') ? ['*'] : [...new Set(select)].sort();
}

/** Which commit was planned, and where the log is: whether a comment is current, a reader sees by that. */
function origin({ head = '' }: PullRequest, { env, holder }: Deps): string[] {
  const link = holderLink(holder, env);
  const parts = [
    ...(/^[0-9a-f]{7,}$/.test(head) ? [`for commit \`${head.slice(0, 7)}\``] : []),
    ...(link === undefined ? [] : [`in [${holderWords(holder)}](${link})`]),
  ];
  return parts.length > 0 ? [`Planned ${parts.join(' ')}.`, ''] : [];
}

function cannot(reason: string): Failure {
  return new Failure(`\`comment: true\` cannot be done: ${reason}`, {
    nextStep: 'Run `plan` in a workflow with `on: pull_request`, or leave `comment` at `auto`.',
  });
}
