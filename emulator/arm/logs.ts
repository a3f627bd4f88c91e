import { containerLog, containers } from '../container-logs.ts';
import { json } from '../http.ts';
import type { Reply } from '../http.ts';
import type { Context } from './context.ts';
import { findDeployment } from './deployments.ts';
import { deploymentNotFound, endpointNotFound } from './not-found.ts';
import { BodyFault } from './body-fault.ts';
import { parseWord } from './strings.ts';
import { parseContent } from './tracked-body.ts';

/** `POST …/getLogs`: the last lines of a container's log, 100 unless told. The default and the bounds of `tail` are [U]. */
export function getLogs(context: Context): Reply {
  const { endpoint, deployment } = findDeployment(context);
  if (!endpoint) return endpointNotFound(context);
  if (!deployment) return deploymentNotFound(context);
  const content = parseContent(context.request.text || '{}');
  const container = parseWord(content['containerType'] ?? 'InferenceServer', 'containerType', containers);
  const tail = content['tail'] ?? 100;
  if (typeof tail !== 'number' || !Number.isInteger(tail) || tail < 1) {
    throw new BodyFault('tail must be a whole number from 1');
  }
  const lines = containerLog(container, deployment.story, deployment.modifiedAt);
  return json(200, { content: lines.slice(-tail).join('\n') });
}
