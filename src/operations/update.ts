import { connect } from '../azure/connect.ts';
import { missingEndpoint } from '../azure/endpoints.ts';
import type { UpdateConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import { movesTraffic } from '../plan/refusals.ts';
import type { Outcome } from '../report/outcome.ts';
import { hasPolicy } from './desired/policies.ts';
import { desiredEndpoints } from './desired/state.ts';
import { eachEndpoint } from './each-endpoint.ts';
import { checkWrite, confirmation } from './write/guards.ts';
import { claimant } from './traffic/claimant.ts';
import { limitsFromNow } from './limits.ts';
import { writeEndpoint, type WrittenEndpoint } from './write/endpoint.ts';
import { writtenOutcome } from './result/written.ts';

/** Brings live endpoints to their YAML at once, side by side; an error for one that is not there. */
export async function update(config: UpdateConfig, deps: Deps): Promise<Outcome> {
  const specs = await desiredEndpoints(config.request, deps);
  const connected = await connect(config.azure, deps, limitsFromNow(deps, config.timeout));
  const confirmed = confirmation(config.confirm, deps);
  const claim = claimant(deps, config.azure);
  const { done, failed } = await eachEndpoint(specs, config.maxConcurrency, (spec): Promise<WrittenEndpoint> => {
    const workspace = connected.within(limitsFromNow(deps, config.timeout));
    return writeEndpoint(workspace, spec, {
      journal: deps.journal,
      fence: claim.refuseHeld,
      check: async (plan, live) => {
        if (!live) throw missingEndpoint(workspace, spec.name);
        await checkWrite(workspace, spec, plan, live, confirmed, claim);
        if (movesTraffic(plan) && (await hasPolicy(spec.name, config.request, deps))) {
          const advice = 'operation `rollout` or `apply` would follow its rollout policy';
          deps.report.notice(`${spec.name}: \`update\` moves its traffic at once; ${advice}`);
        }
      },
    });
  });
  // A cancelled job is one error, not one for each endpoint.
  deps.signal.throwIfAborted();
  return writtenOutcome(done, failed, deps);
}
