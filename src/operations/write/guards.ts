import type { Workspace } from '../../azure/connect.ts';
import { listDeployments } from '../../azure/deployments.ts';
import type { Deps } from '../../deps.ts';
import { Failure, InputFaults } from '../../failure.ts';
import type { EndpointPlan } from '../../plan/changes.ts';
import type { LiveEndpoint } from '../../plan/live.ts';
import { deploymentFaults, movesTraffic, refusals, trafficLoss } from '../../plan/refusals.ts';
import { planLines } from '../../plan/show.ts';
import type { EndpointSpec } from '../../spec/model.ts';
import type { Claimant } from '../traffic/claimant.ts';

/**
 * Stops a write that Azure would refuse, and one that would take a live endpoint off the air unasked; then shows the plan.
 * @throws InputFaults at the lines that cannot work; Failure when `confirm` is needed, or somebody else rolls out
 */
export async function checkWrite(
  workspace: Workspace,
  spec: EndpointSpec,
  plan: EndpointPlan,
  live: LiveEndpoint | undefined,
  confirmed: Confirmation,
  { refuseHeld }: Pick<Claimant, 'refuseHeld'>,
): Promise<void> {
  refuseHeld(live);
  const faults = refusals(spec, plan);
  if (movesTraffic(plan)) {
    const deployments = live ? await listDeployments(workspace, spec.name) : [];
    faults.push(...deploymentFaults(spec, plan, deployments));
  }
  if (faults.length > 0) throw new InputFaults(faults);
  for (const line of planLines(plan)) workspace.report.info(line);
  await confirmLoss(spec, live, confirmed);
}

/** @throws Failure when all live traffic would go and nobody confirmed it */
export async function confirmLoss(
  spec: EndpointSpec,
  live: LiveEndpoint | undefined,
  confirmed: Confirmation,
): Promise<void> {
  const lost = trafficLoss(spec, live);
  if (lost) await confirmed.orRefuse(spec.name, `takes all live traffic (${lost}) away from endpoint ${spec.name}`);
}

/** Whether a person agreed to something that takes a live endpoint off the air. */
export interface Confirmation {
  /** @throws Failure when neither `confirm` nor a person at a terminal agrees */
  orRefuse(endpoint: string, consequence: string): Promise<void>;
}

export function confirmation(given: string, { confirm }: Pick<Deps, 'confirm'>): Confirmation {
  const agreed = new Set<string>();
  return {
    async orRefuse(endpoint, consequence) {
      const question = `This ${consequence}.`;
      if (given === endpoint || agreed.has(question)) return;
      if (confirm && (await confirm(question, endpoint))) {
        agreed.add(question);
        return;
      }
      throw new Failure(`not confirmed${given ? ` (confirm is "${given}")` : ''}: this ${consequence}`, {
        code: 'ConfirmationNeeded',
        nextStep: `Nothing was changed. Set \`confirm\` to ${endpoint} if this is what you want.`,
      });
    },
  };
}
