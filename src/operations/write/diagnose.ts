import { basename, posix } from 'node:path';
import { type ContainerLog, type Frame, readLog } from '../../azure/failure/container-log.ts';
import type { Workspace } from '../../azure/connect.ts';
import { classify } from '../../azure/failure/classify.ts';
import { deploymentLogs } from '../../azure/deployments.ts';
import { isBusy, ServiceError } from '../../http/errors.ts';
import type { Container } from '../../config/containers.ts';
import type { Position } from '../../deps.ts';
import { type Diagnosis, Failure, type FailureDetails } from '../../failure.ts';
import { objectAt } from '../../json.ts';
import { instanceType } from '../../plan/deployment/live.ts';
import { reasonOf } from '../../report/problem.ts';
import { withoutRepeats } from '../../report/repeats.ts';
import type { DeploymentSpec } from '../../spec/deployment/model.ts';

/** How long a log may keep the error waiting. */
const PATIENCE = 10_000;
const TAIL = 100;
/** The one that serves, and the one that fetches model and code for it. */
const CONTAINERS = ['inference-server', 'storage-initializer'] as const satisfies readonly Container[];

type Spec = Pick<DeploymentSpec, 'name' | 'endpoint' | 'file' | 'positions' | 'placeholders' | 'body' | 'code'>;

/**
 * Finds out why Azure could not make a deployment, or would not: shows the logs of its containers and says what class of
 * failure it is. Whatever goes wrong on the way, the error itself is never hidden.
 * @param error how the write ended
 * @param wasSent whether Azure took it, or may have: what fails before, such as an upload, is none of a container
 * @returns that error with all that was found out; as it was when it is not Azure's verdict on the deployment
 */
export async function diagnose(workspace: Workspace, spec: Spec, error: unknown, wasSent: boolean): Promise<unknown> {
  if (workspace.limits.signal.aborted || isBusy(error)) return error;
  if (error instanceof Failure && wasSent) {
    const logs = await fetchLogs(workspace, spec);
    const message = error.details.code ? `${error.details.code}: ${error.message}` : error.message;
    return diagnosed(error.message, { ...error.details, cause: error }, spec, message, logs);
  }
  // Refused at once: no container of it ever ran, and the logs would be those of the version before.
  if (error instanceof ServiceError && isRefusal(error, spec)) {
    const { code, codes, request, requestId, serviceMessage } = error;
    const words = `Azure rejected ${nameOf(spec)}: ${serviceMessage || code}`;
    return diagnosed(words, { code, codes, request, requestId, cause: error }, spec, serviceMessage, []);
  }
  return error;
}

function isRefusal({ status, request }: ServiceError, { name }: Spec): boolean {
  return [400, 422].includes(status) && request.endsWith(`/deployments/${name}`);
}

interface NamedLog {
  readonly container: (typeof CONTAINERS)[number];
  readonly log: ContainerLog;
}

function diagnosed(
  words: string,
  details: FailureDetails,
  spec: Spec,
  message: string,
  logs: readonly NamedLog[],
): Failure {
  const logOf = (container: NamedLog['container']): ContainerLog =>
    logs.find((each) => each.container === container)?.log ?? readLog('');
  const server = logOf('inference-server');
  const storage = logOf('storage-initializer');
  const size = instanceType(spec.body);
  const evidence = { codes: details.codes ?? [], message, ...(size === undefined ? {} : { size }), server, storage };
  const { kind, nextStep, culprit, keys } = classify(evidence);
  const diagnosis: Diagnosis = {
    kind,
    ...(culprit === undefined ? {} : { culprit }),
    ...(culprit !== undefined && culprit === server.exception?.words ? { culpritAt: placeInCode(server, spec) } : {}),
    logs: logs
      .filter(({ log }) => log.lines.length > 0)
      .map(({ container, log }) => ({ title: titleOf(container, spec), lines: withoutRepeats(log.lines) })),
  };
  const at = keys.map((key) => spec.positions.get(key)).find((position) => position !== undefined);
  return new Failure(words, {
    ...details,
    nextStep: nextStep ?? details.nextStep,
    at: at ?? spec.positions.get('name') ?? { file: spec.file },
    diagnosis,
  });
}

/** Shows the ends of a deployment's logs, as far as they can be had. */
export async function showLogs(workspace: Workspace, endpoint: string, name: string): Promise<void> {
  const spec = { endpoint, name, file: '', positions: new Map(), placeholders: new Map(), body: {} };
  await fetchLogs(workspace, spec);
}

/** Both logs, each shown in a group of its own; without those that cannot be had. */
async function fetchLogs(workspace: Workspace, spec: Spec): Promise<NamedLog[]> {
  const { clock, report, limits } = workspace;
  const hasty = workspace.within({ signal: limits.signal, deadline: clock.now() + PATIENCE });
  const logs = await Promise.all(
    CONTAINERS.map(async (container) => {
      try {
        const text = await deploymentLogs(hasty, spec.endpoint, spec.name, container, TAIL);
        return { container, log: readLog(withoutPlaceholders(report.clean(text), spec)) };
      } catch (error) {
        report.info(`${titleOf(container, spec)} cannot be read: ${reasonOf(error)}`);
        return [];
      }
    }),
  );
  for (const { container, log } of logs.flat()) {
    if (log.lines.length > 0) report.foreign(titleOf(container, spec), withoutRepeats(log.lines).join('\n'));
    else report.info(`${titleOf(container, spec)} is empty`);
  }
  return logs.flat();
}

function titleOf(container: string, spec: Spec): string {
  return `log of ${container}, ${nameOf(spec)}`;
}

function nameOf({ name, endpoint }: Spec): string {
  return `deployment ${name} of endpoint ${endpoint}`;
}

/**
 * A container may print its environment. Values that came from placeholders are secrets of the workflow as often as not,
 * and nobody masks them in a job summary.
 */
function withoutPlaceholders(text: string, { body, placeholders }: Spec): string {
  const variables = objectAt(objectAt(body, 'properties'), 'environmentVariables');
  let clean = text;
  for (const [name, value] of Object.entries(variables)) {
    const shown = placeholders.get(`environment_variables.${name}`);
    // Shorter ones would black out ordinary words, as with the secrets that are masked.
    if (shown !== undefined && typeof value === 'string' && value.trim().length >= 6)
      clean = clean.replaceAll(value, shown);
  }
  return clean;
}

/** Where Azure puts the code folder, under its own name; source: azure-ai-ml, `LocalEndpointConstants`. */
const CODE_ROOT = '/var/azureml-app/';

/** The innermost place of an exception that lies in the repository's code folder. */
function placeInCode({ exception }: ContainerLog, { code }: Spec): Position | undefined {
  if (code?.how !== 'inline' || !('local' in code.source.content)) return undefined;
  const folder = code.source.content.local;
  const places = (exception?.frames ?? []).map((frame) => placeOfFrame(frame, folder));
  return places.findLast((place) => place !== undefined);
}

function placeOfFrame({ file, line }: Frame, folder: string): Position | undefined {
  if (!file.startsWith(CODE_ROOT)) return undefined;
  const [top, ...below] = posix.normalize(file.slice(CODE_ROOT.length)).split('/');
  const name = basename(posix.resolve('/', folder));
  // The folder of the workspace itself has a name that only the runner knows.
  const isTheFolder = name === '' ? top !== 'azureml-models' : top === name;
  if (!isTheFolder || below.length === 0 || top === '..') return undefined;
  return { file: posix.join(folder, ...below), line, column: 1 };
}
