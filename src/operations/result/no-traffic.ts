import type { Report } from '../../deps.ts';
import { type LiveEndpoint, liveName, liveTraffic } from '../../plan/live.ts';
import { trafficTotal } from '../../spec/traffic.ts';

/** Deployments without any traffic serve nobody, which is easily overlooked with the first one of an endpoint. */
export function tellWhenNothingIsServed(live: LiveEndpoint, deployments: readonly string[], report: Report): void {
  const [first] = deployments;
  if (first === undefined || trafficTotal(liveTraffic(live)) > 0) return;
  const name = liveName(live);
  report.notice(
    `endpoint ${name} serves nothing yet: none of its deployments (${deployments.join(', ')}) has traffic. ` +
      `Write \`traffic: {${first}: 100}\` into the YAML of the endpoint and run \`apply\`.`,
  );
}
