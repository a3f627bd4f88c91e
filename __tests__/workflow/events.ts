import { REPOSITORY_NAME } from './user-repository.ts';
import type { WorkflowEvent } from './workflow-run.ts';

export const PUSH_TO_MAIN: WorkflowEvent = { name: 'push', payload: { ref: 'refs/heads/main' } };

/** Somebody presses the button, with what they typed into the form. */
export function dispatch(inputs: Readonly<Record<string, string>> = {}): WorkflowEvent {
  return { name: 'workflow_dispatch', payload: { inputs } };
}

/** What GitHub says about a pull request, as far as the examples and the action look at it. */
export function pullRequest(
  action: 'opened' | 'closed',
  { from = REPOSITORY_NAME, merged = false }: { from?: string; merged?: boolean } = {},
): WorkflowEvent {
  const base = { ref: 'main', repo: { full_name: REPOSITORY_NAME } };
  const head = { ref: 'traffic', repo: { full_name: from } };
  return { name: 'pull_request', payload: { action, number: 7, pull_request: { number: 7, merged, base, head } } };
}
