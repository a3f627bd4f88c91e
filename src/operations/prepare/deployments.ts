import type { DeploymentAssets } from '../../azure/assets/assets.ts';
import type { Workspace } from '../../azure/connect.ts';
import { listDeployments } from '../../azure/deployments.ts';
import { workspaceLocation } from '../../azure/endpoints.ts';
import type { Fault } from '../../failure.ts';
import { textAt } from '../../json.ts';
import type { WantedDeployment } from '../../plan/deployment/capacity.ts';
import { type DeploymentPlan, planDeployment } from '../../plan/deployment/changes.ts';
import { crowdFaults, deploymentRefusals, kindFaults, kindOfEndpoint } from '../../plan/deployment/refusals.ts';
import { isSettled, type LiveDeployment, type LiveEndpoint, liveName, provisioningState } from '../../plan/live.ts';
import type { DeploymentSpec } from '../../spec/deployment/model.ts';
import type { EndpointSpec } from '../../spec/model.ts';
import type { DeploymentRun } from '../write/deployment-run.ts';
import { quotaFaults } from './preflight.ts';

/** An endpoint and the deployments that its files describe. */
export interface Wanted {
  readonly endpoint: string;
  /** Its YAML, where the endpoint itself is written too. */
  readonly spec?: EndpointSpec;
  readonly live: LiveEndpoint | undefined;
  readonly deployments: readonly DeploymentSpec[];
}

/** An endpoint that is written together with its deployments. */
export type WithSpec = Wanted & { readonly spec: EndpointSpec };

/** One deployment before anything is written: what the YAML wants, what Azure has, and what differs. */
export interface PreparedDeployment {
  readonly spec: DeploymentSpec;
  readonly live: LiveDeployment | undefined;
  readonly assets: DeploymentAssets;
  readonly plan: DeploymentPlan;
}

/** The deployments of one endpoint before anything is written. */
export interface Prepared<W extends Wanted = Wanted> {
  readonly wanted: W;
  /** Without those whose assets cannot be had. */
  readonly deployments: readonly PreparedDeployment[];
  /** All that the endpoint has in Azure, whether a file describes it or not. */
  readonly present: readonly LiveDeployment[];
}

/**
 * Looks up what the endpoints have, names the assets, compares, and checks what can be known beforehand. Nothing is
 * written, and deployments that equal their YAML cost no request beyond the listing.
 * @returns what was found, and what Azure would refuse or find out only minutes later
 */
export async function prepareDeployments<W extends Wanted>(
  workspace: Workspace,
  run: DeploymentRun,
  all: readonly W[],
): Promise<{ prepared: Prepared<W>[]; faults: Fault[] }> {
  const found = await Promise.all(all.map((wanted) => run.limit(() => prepareOne(workspace, run, wanted))));
  const shortages = await quotaFaults(
    workspace,
    found.map(({ prepared: { wanted, present }, machines }) => ({
      name: wanted.endpoint,
      live: wanted.live,
      spec: wanted.spec,
      wanted: machines,
      present,
    })),
  );
  return {
    prepared: found.map(({ prepared }) => prepared),
    faults: [...found.flatMap(({ faults }) => faults), ...shortages],
  };
}

interface Found<W extends Wanted> {
  readonly prepared: Prepared<W>;
  /** What each deployment asks of the region, also of one whose assets cannot be had. */
  readonly machines: readonly WantedDeployment[];
  readonly faults: readonly Fault[];
}

async function prepareOne<W extends Wanted>(
  workspace: Workspace,
  { assets, keepCapacity }: DeploymentRun,
  wanted: W,
): Promise<Found<W>> {
  const { endpoint, live, deployments: specs } = wanted;
  const present = live ? await listDeployments(workspace, endpoint) : [];
  const byName = new Map(present.map((each) => [liveName(each), each]));
  const location = (live && textAt(live, 'location')) ?? (await workspaceLocation(workspace));
  const kind = live ? kindOfEndpoint(live) : wanted.spec?.kind;
  const faults = crowdFaults(specs, present);
  const deployments: PreparedDeployment[] = [];
  const machines: WantedDeployment[] = [];
  for (const spec of specs) {
    const found = byName.get(spec.name);
    const identified = await assets.identify(spec, found);
    const known = withAssets(spec, identified.assets);
    const plan = planDeployment(known, found, identified.assets, { location, keepCapacity });
    faults.push(...(kind ? kindFaults(spec, kind) : []), ...identified.faults, ...deploymentRefusals(spec, plan));
    machines.push({ spec, live: found, plan });
    if (identified.faults.length === 0) deployments.push({ spec, live: found, assets: identified.assets, plan });
  }
  return { prepared: { wanted, deployments, present }, machines, faults };
}

/** A deployment as if its file did not name what cannot be had, so that all else of it can be looked at. */
function withAssets(spec: DeploymentSpec, { model, code, environment, collected }: DeploymentAssets): DeploymentSpec {
  const { model: namedModel, code: namedCode, environment: namedEnvironment, collected: namedData, ...rest } = spec;
  const data = Object.entries(namedData ?? {}).filter(([name]) => collected && Object.hasOwn(collected, name));
  return {
    ...rest,
    ...(namedModel && model && { model: namedModel }),
    ...(namedCode && code && { code: namedCode }),
    ...(namedEnvironment && environment && { environment: namedEnvironment }),
    ...(namedData && { collected: Object.fromEntries(data) }),
  };
}

/** Whether Azure has to be told something, or is still at work on what it was told. */
export function isPending({ live, plan }: PreparedDeployment): boolean {
  return plan.action !== 'none' || (live !== undefined && !isSettled(provisioningState(live)));
}
