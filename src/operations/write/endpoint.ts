import type { Workspace } from '../../azure/connect.ts';
import { getEndpoint, putEndpoint, workspaceLocation } from '../../azure/endpoints.ts';
import { type EndpointPlan, planEndpoint } from '../../plan/changes.ts';
import { objectAt } from '../../json.ts';
import { type LiveEndpoint, liveTraffic } from '../../plan/live.ts';
import { sameSplit } from '../../rollout/schedule/split.ts';
import { movedByHand } from '../../rollout/state/moved.ts';
import { readState, withState } from '../../rollout/state/tags.ts';
import type { EndpointSpec } from '../../spec/model.ts';
import { writeUntilEqual, type WriteGuards, type Written } from './until-equal.ts';

export type WrittenEndpoint = Written<EndpointPlan>;

/** Makes a live endpoint equal to its YAML. @throws as `writeUntilEqual` does */
export function writeEndpoint(
  workspace: Workspace,
  spec: EndpointSpec,
  guards: WriteGuards<EndpointPlan>,
): Promise<WrittenEndpoint> {
  const { name } = spec;
  // The same in each plan, or no two of them would ever agree.
  const now = workspace.clock.now();
  return writeUntilEqual(
    workspace,
    {
      title: `endpoint ${name}`,
      endpoint: name,
      read: () => getEndpoint(workspace, name),
      // The region is needed only where there is no endpoint to tell it.
      plan: async (live) => {
        const location = live ? '' : await workspaceLocation(workspace);
        const plan = planEndpoint(spec, live, { location, workspaceId: workspace.id });
        return live ? recordingMove(plan, live, now) : plan;
      },
      put: (body) => putEndpoint(workspace, name, body),
      advice: authModeAdvice,
    },
    guards,
  );
}

/** Traffic that is moved at once is recorded where a rollout was, in the same write: nobody may put back what was before that. */
function recordingMove(plan: EndpointPlan, live: LiveEndpoint, now: number): EndpointPlan {
  const [from, to] = [liveTraffic(live), liveTraffic(plan.body)];
  const recorded = readState(objectAt(live, 'tags'));
  if (recorded.kind !== 'state' || sameSplit(from, to)) return plan;
  const moved = movedByHand(recorded.state, { from, to, now });
  return { ...plan, body: { ...plan.body, tags: withState(objectAt(plan.body, 'tags'), moved) } };
}

/** Recorded traffic has Azure take a change from `aml_token` to `key`, say that it is done, and keep the old mode. */
function authModeAdvice(fields: readonly string[]): string | undefined {
  if (!fields.includes('auth_mode')) return undefined;
  return 'Azure keeps the `auth_mode` an endpoint was made with: delete the endpoint and create it again, or take the change back.';
}
