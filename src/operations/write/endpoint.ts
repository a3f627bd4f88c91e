import type { Workspace } from '../../azure/connect.ts';
import { getEndpoint, putEndpoint, workspaceLocation } from '../../azure/endpoints.ts';
import { type EndpointPlan, planEndpoint } from '../../plan/changes.ts';
import { objectAt } from '../../json.ts';
import type { LiveEndpoint } from '../../plan/live.ts';
import { movesTraffic } from '../../plan/refusals.ts';
import { isBegun, readState, withState } from '../../rollout/state/tags.ts';
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
        return live && movesTraffic(plan) ? closingRollout(plan, live) : plan;
      },
      put: (body) => putEndpoint(workspace, name, body),
      advice: authModeAdvice,
    },
    guards,
  );
}

/** Traffic that is moved at once ends the rollout that somebody left on its way: nobody may put back what it was. */
function closingRollout(plan: EndpointPlan, live: LiveEndpoint): EndpointPlan {
  const recorded = readState(objectAt(live, 'tags'));
  if (recorded.kind !== 'state' || !isBegun(recorded.state)) return plan;
  const closed = { ...recorded.state, status: 'done', lease: 0, reason: 'traffic was moved by hand' } as const;
  return { ...plan, body: { ...plan.body, tags: withState(objectAt(plan.body, 'tags'), closed) } };
}

/** Recorded traffic has Azure take a change from `aml_token` to `key`, say that it is done, and keep the old mode. */
function authModeAdvice(fields: readonly string[]): string | undefined {
  if (!fields.includes('auth_mode')) return undefined;
  return 'Azure keeps the `auth_mode` an endpoint was made with: delete the endpoint and create it again, or take the change back.';
}
