import pLimit from 'p-limit';
import { connect, type Workspace } from '../azure/connect.ts';
import { listDeployments } from '../azure/deployments.ts';
import { listEndpoints, needEndpoint } from '../azure/endpoints.ts';
import type { ShowConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import { authModeWord } from '../plan/fields.ts';
import {
  byName,
  type LiveEndpoint,
  liveMirrorTraffic,
  liveName,
  liveTraffic,
  provisioningState,
  scoringUrl,
} from '../plan/live.ts';
import { deploymentTable } from '../report/deployments.ts';
import type { DeploymentResult, Outcome } from '../report/outcome.ts';
import { textTable } from '../table.ts';
import { isGlob, matchesSelection } from '../spec/select.ts';
import { formatTraffic } from '../spec/traffic.ts';
import { deploymentResults } from './result/deployments.ts';
import { EndpointError } from './result/endpoint-error.ts';
import { claimant } from './traffic/claimant.ts';
import { limitsFromNow, LISTING_TIME, READERS } from './limits.ts';
import { repaired, rolloutWords } from './traffic/orphans.ts';
import { resultOf } from './result/endpoint.ts';

/** Shows endpoints with their deployments. */
export async function show(config: ShowConfig, deps: Deps): Promise<Outcome> {
  const workspace = await connect(config.azure, deps, limitsFromNow(deps, LISTING_TIME));
  const claim = claimant(deps, config.azure);
  const endpoints = await selectedEndpoints(workspace, config.select);
  const failures: unknown[] = [];
  const shown = await pLimit(READERS).map(endpoints, async (found) => {
    const name = liveName(found);
    // One that cannot be put back or read keeps no other from being put back, nor from being shown.
    const failed = (error: unknown): undefined => {
      failures.push(new EndpointError(name, error));
    };
    const { live, changed } = await repaired(workspace, found, claim, config, deps).catch((error: unknown) => {
      failed(error);
      return { live: found, changed: deps.journal.hasBegun(name) ? undefined : false };
    });
    const deployments = await listDeployments(workspace, name).catch(failed);
    return {
      live,
      changed,
      deployments: deployments && deploymentResults(live, deployments, deps.clock.now()),
      rollout: rolloutWords(live, claim.asking()),
    };
  });
  // A cancelled job is one error, not one for each endpoint.
  deps.signal.throwIfAborted();
  return {
    failures,
    exitCode: failures.length > 0 ? 1 : 0,
    endpoints: shown.map(({ live, changed, deployments }) => ({
      ...resultOf(live, changed === true),
      changed,
      ...(deployments && { deployments }),
    })),
    answer: shown.length > 0 ? shown.map(portrait).join('\n\n') : 'no endpoints',
  };
}

/** Names are asked for one by one, so that a missing one is an error; a glob takes what there is. */
async function selectedEndpoints(workspace: Workspace, select: readonly string[]): Promise<LiveEndpoint[]> {
  const names = [...new Set(select.filter((word) => !isGlob(word)))];
  const globs = select.filter(isGlob);
  const named = await Promise.all(names.map((name) => needEndpoint(workspace, name)));
  const matching = globs.length > 0 ? await listEndpoints(workspace) : [];
  return [...named, ...matching.filter((live) => isMatch(liveName(live), globs, names)).sort(byName)];
}

function isMatch(name: string, globs: readonly string[], named: readonly string[]): boolean {
  return matchesSelection(name, globs) && !named.includes(name);
}

interface Shown {
  readonly live: LiveEndpoint;
  /** Absent when they could not be read. */
  readonly deployments: readonly DeploymentResult[] | undefined;
  readonly rollout: string | undefined;
}

function portrait({ live, deployments, rollout }: Shown): string {
  const facts = [
    ['endpoint', liveName(live)],
    ['state', provisioningState(live)],
    ['auth_mode', authModeWord(live)],
    ['scoring URL', scoringUrl(live) ?? 'none yet'],
    ['traffic', formatTraffic(liveTraffic(live))],
    ['mirror_traffic', formatTraffic(liveMirrorTraffic(live))],
    ...(rollout === undefined ? [] : [['rollout', rollout]]),
  ].map(([title, value]) => `${title!.padEnd(15)} ${value}`);
  return [...facts, deploymentsPart(deployments)].join('\n');
}

function deploymentsPart(deployments: Shown['deployments']): string {
  if (!deployments) return 'deployments     unknown';
  return deployments.length > 0 ? deploymentTable(deployments, textTable) : 'deployments     none';
}
