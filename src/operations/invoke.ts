import { callerCredential } from '../azure/callers.ts';
import { connect } from '../azure/connect.ts';
import { needDeployment } from '../azure/deployments.ts';
import { needEndpoint } from '../azure/endpoints.ts';
import { score } from '../azure/scoring.ts';
import { calledUrl } from '../azure/scoring-url.ts';
import type { InvokeConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import type { Outcome } from '../report/outcome.ts';
import { limitsFromNow } from './limits.ts';
import { contentType, readRequestFile } from './request-file.ts';
import { resultOf } from './result/endpoint.ts';
import { needScoringUrl } from './url.ts';

/** GitHub takes at most one mebibyte of outputs from a job. */
const LARGEST_OUTPUT = 900_000;

/** Sends a request file to the endpoint, or to one deployment, and checks the status of the answer. */
export async function invoke(config: InvokeConfig, deps: Deps): Promise<Outcome> {
  const body = await readRequestFile(config.requestFile, 'input request-file', deps);
  const workspace = await connect(config.azure, deps, limitsFromNow(deps, config.timeout));
  const live = await needEndpoint(workspace, config.endpoint);
  if (config.deployment) await needDeployment(workspace, config.endpoint, config.deployment);
  const url = calledUrl(needScoringUrl(live), config.path);
  const { token } = await callerCredential(workspace, live, config.key);
  if (!url.startsWith('https:'))
    deps.report.warning(`the scoring URL of ${config.endpoint} is plain http: the token travels unencrypted`);
  const answer = await score(workspace, {
    url,
    token,
    body,
    contentType: contentType(config.requestFile),
    deployment: config.deployment,
    expectStatus: config.expectStatus,
  });
  deps.report.info(`answered ${answer.status}${answer.deployment ? ` by deployment ${answer.deployment}` : ''}`);
  return {
    endpoints: [resultOf(live, false)],
    answer: answer.text,
    outputs: { 'response-status': String(answer.status), ...responseOutput(answer.text, deps) },
    ...(answer.failure ? { failures: [answer.failure], exitCode: 1 } : {}),
  };
}

function responseOutput(text: string, { report }: Deps): { response?: string } {
  if (Buffer.byteLength(text) <= LARGEST_OUTPUT) return { response: text };
  report.warning('the answer is too large for an output; output `response` is not set');
  return {};
}
