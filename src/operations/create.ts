import { connect } from '../azure/connect.ts';
import type { CreateConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import { Failure } from '../failure.ts';
import type { Outcome } from '../report/outcome.ts';
import { desiredEndpoints } from './desired/state.ts';
import { checkWrite, confirmation } from './write/guards.ts';
import { claimant } from './traffic/claimant.ts';
import { limitsFromNow } from './limits.ts';
import { writtenOutcome } from './result/written.ts';
import { writeEndpoint } from './write/endpoint.ts';

/** Makes the endpoint from its YAML; an error if it is there already. */
export async function create(config: CreateConfig, deps: Deps): Promise<Outcome> {
  const [spec] = await desiredEndpoints(config.request, deps);
  const workspace = await connect(config.azure, deps, limitsFromNow(deps, config.timeout));
  const claim = claimant(deps, config.azure);
  const written = await writeEndpoint(workspace, spec!, {
    journal: deps.journal,
    fence: claim.refuseHeld,
    check: async (plan, live) => {
      if (live) throw alreadyThere(config.endpoint);
      await checkWrite(workspace, spec!, plan, live, confirmation('', deps), claim);
    },
  });
  // An endpoint that equals its YAML never reaches the check, but it was there all the same.
  if (!written.changed) throw alreadyThere(config.endpoint);
  return writtenOutcome([written], [], deps);
}

function alreadyThere(name: string): Failure {
  return new Failure(`endpoint ${name} exists already`, {
    code: 'EndpointExists',
    nextStep: 'Use operation `update` to bring it to its YAML, or `apply` for either case.',
  });
}
