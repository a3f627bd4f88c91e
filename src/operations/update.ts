import type { Workspace } from '../azure/connect.ts';
import { connect } from '../azure/connect.ts';
import { missingEndpoint } from '../azure/endpoints.ts';
import type { UpdateConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import type { Outcome } from '../report/outcome.ts';
import type { EndpointSpec } from '../spec/model.ts';
import { desiredEndpoints } from './desired.ts';
import { eachEndpoint } from './each.ts';
import { checkWrite, confirmation } from './guards.ts';
import { limitsFromNow } from './limits.ts';
import { writeEndpoint, type WrittenEndpoint } from './write-endpoint.ts';
import { writtenOutcome } from './written.ts';

/** Brings live endpoints to their YAML at once; an error for one that is not there. */
export function update(config: UpdateConfig, deps: Deps): Promise<Outcome> {
  return writeAll(config, deps, (workspace, { name }) => {
    throw missingEndpoint(workspace, name);
  });
}

/**
 * Writes several endpoints side by side. One that fails does not keep the others from being written.
 * @param absent called for an endpoint that is not there; throws where that is an error
 */
export async function writeAll(
  config: UpdateConfig,
  deps: Deps,
  absent: (workspace: Workspace, spec: EndpointSpec) => void,
): Promise<Outcome> {
  const specs = await desiredEndpoints(config.request, deps);
  const connected = await connect(config.azure, deps, limitsFromNow(deps, config.timeout));
  const confirmed = confirmation(config.confirm, deps);
  const { done, failed } = await eachEndpoint(specs, config.maxConcurrency, (spec): Promise<WrittenEndpoint> => {
    const workspace = connected.within(limitsFromNow(deps, config.timeout));
    return writeEndpoint(workspace, spec, {
      journal: deps.journal,
      check: async (plan, live) => {
        if (!live) absent(workspace, spec);
        await checkWrite(workspace, spec, plan, live, confirmed);
      },
    });
  });
  // A cancelled job is one error, not one for each endpoint.
  deps.signal.throwIfAborted();
  return writtenOutcome(done, failed);
}
