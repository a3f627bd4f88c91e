import { plainLines } from '../azure/failure/container-log.ts';
import { connect, type Workspace } from '../azure/connect.ts';
import { deploymentLogs, listDeployments, needDeployment } from '../azure/deployments.ts';
import { needEndpoint } from '../azure/endpoints.ts';
import { isNotFound } from '../azure/missing.ts';
import type { LogsConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import { Failure } from '../failure.ts';
import { liveName } from '../plan/live.ts';
import type { Outcome } from '../report/outcome.ts';
import { limitsFromNow, READING_TIME } from './limits.ts';

/** Prints the end of the log of a deployment's container. */
export async function logs(config: LogsConfig, deps: Deps): Promise<Outcome> {
  const { endpoint, container } = config;
  const workspace = await connect(config.azure, deps, limitsFromNow(deps, READING_TIME));
  const deployment = config.deployment ?? (await onlyDeployment(workspace, endpoint));
  const text = await readLogs(workspace, deployment, config);
  const title = `log of ${container}, deployment ${deployment} of endpoint ${endpoint}`;
  const lines = plainLines(text);
  if (lines.length === 0) deps.report.notice(`${title} is empty`);
  return {
    endpoints: [{ name: endpoint, status: 'unchanged', changed: false }],
    answer: lines.join('\n'),
    foreign: title,
  };
}

/** Where there is one deployment alone, nobody has to name it. @throws Failure that names them where there are several */
async function onlyDeployment(workspace: Workspace, endpoint: string): Promise<string> {
  const names = (await listDeployments(workspace, endpoint)).map(liveName).sort();
  const [only, ...others] = names;
  if (only !== undefined && others.length === 0) return only;
  // A list of nothing does not say whether the endpoint is there.
  if (only === undefined) await needEndpoint(workspace, endpoint);
  throw new Failure(`endpoint ${endpoint} has ${only === undefined ? 'no' : names.length} deployments`, {
    nextStep:
      only === undefined ? 'Make one with operation `deploy`.' : `Name one in \`deployment\`: ${names.join(', ')}.`,
  });
}

async function readLogs(workspace: Workspace, deployment: string, config: LogsConfig): Promise<string> {
  const { endpoint, container, tail } = config;
  try {
    return await deploymentLogs(workspace, endpoint, deployment, container, tail);
  } catch (error) {
    // Says which of the two is not there.
    if (isNotFound(error)) await needDeployment(workspace, endpoint, deployment);
    throw error;
  }
}
