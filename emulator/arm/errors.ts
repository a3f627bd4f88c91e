import { json } from '../http.ts';
import type { JsonObject, Reply } from '../http.ts';
import { draw } from '../randomness.ts';
import type { Context } from './context.ts';

/** The words that mark a message whose wording in Azure nobody has verified. Nothing may match on such a message. */
export function unverified(message: string): string {
  return `${message} [U]`;
}

/** A refusal by Resource Manager itself, before the service sees the request. */
export function gatewayError(status: number, code: string, message: string, headers = {}): Reply {
  return json(status, { error: { code, message } }, { 'x-ms-failure-cause': 'gateway', ...headers });
}

/**
 * A refusal by the machine learning service, with the additional information that its answers carry
 * (azure-cli-extensions#7107 and the recordings of azure-cli-extensions, machinelearningservices).
 */
export function serviceError(
  context: Context,
  status: number,
  code: string,
  message: string,
  details: readonly JsonObject[] = [],
  parameters?: JsonObject,
): Reply {
  const { state, workspace, now } = context;
  const info = (type: string, value: unknown): JsonObject => ({ type, info: { value } });
  const additionalInfo = [
    info('ComponentName', 'managementfrontend'),
    info('Correlation', {
      operation: draw(state.randomness).slice(0, 32),
      request: draw(state.randomness).slice(0, 16),
    }),
    info('Environment', workspace.location),
    info('Location', workspace.location),
    info('Time', new Date(now).toISOString()),
    ...(parameters ? [info('MessageParameters', parameters)] : []),
  ];
  return json(status, { error: { code, message, details, additionalInfo } });
}

/** A body that the service does not accept. The wordings are [U] unless the caller knows better. */
export function badRequest(context: Context, message: string): Reply {
  return serviceError(context, 400, 'BadRequest', 'The request is invalid.', [
    { code: 'UserError', message, details: [], additionalInfo: [] },
  ]);
}

/**
 * A deployment that the serving layer refuses, with its reasons by field, as Resource Manager wraps it
 * (mslearn-azure-ml#30, azure-realtime-fraud-detection#2).
 */
export function inferencingRefusal(context: Context, errors: Readonly<Record<string, readonly string[]>>): Reply {
  const trace = draw(context.state.randomness);
  const detail = {
    errors,
    type: 'https://tools.ietf.org/html/rfc7231#section-6.5.1',
    title: 'One or more validation errors occurred.',
    status: 400,
    traceId: `00-${trace.slice(0, 32)}-${trace.slice(32, 48)}-01`,
  };
  const message = `InferencingClient HttpRequest error, error detail: ${JSON.stringify(detail)}`;
  return serviceError(context, 400, 'BadRequest', 'The request is invalid.', [
    { code: 'InferencingClientCreateDeploymentFailed', message, details: [], additionalInfo: [] },
  ]);
}

/** 409 while an operation runs; the end of the sentence is as quoted in azure-sdk-for-net#36961, the status is [U]. */
export function busy(context: Context, attempt: string, provisioningState: string): Reply {
  const message = `Cannot ${attempt} because it is in ${provisioningState} provisioning state.`;
  return serviceError(context, 409, 'Conflict', message);
}
