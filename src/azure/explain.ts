import { Failure } from '../failure.ts';
import type { AzureTarget } from '../config/config.ts';
import { ConnectionError, isTrustProblem, ServiceError, stepAfterConflict } from '../http/errors.ts';
import { missingPermission } from './permissions.ts';

/**
 * Says what an answer of Azure means and what to do about it.
 * @returns the error itself when it is not Azure's
 */
export function explain(error: unknown, target: AzureTarget): unknown {
  if (error instanceof ServiceError) return explainAnswer(error, target);
  if (error instanceof ConnectionError) return explainSilence(error);
  return error;
}

function explainAnswer(error: ServiceError, target: AzureTarget): Failure {
  const { message, nextStep } = meaning(error, target);
  return new Failure(message, {
    code: error.code,
    request: error.request,
    requestId: error.requestId,
    nextStep,
    cause: error,
  });
}

interface Meaning {
  readonly message: string;
  readonly nextStep: string;
}

function meaning(error: ServiceError, target: AzureTarget): Meaning {
  const words = error.serviceMessage || `Azure answered HTTP ${error.status}`;
  if (isNameTaken(error)) {
    return {
      message: `the name is taken by somebody else in this region: ${words}`,
      nextStep: 'Endpoint names are unique in an Azure region over all subscriptions; choose another one.',
    };
  }
  switch (error.status) {
    case 401:
      return {
        message: words,
        nextStep: 'Check `tenant-id`, `cloud` and `resource-manager-endpoint`: Azure does not take this sign-in.',
      };
    case 403:
      return forbidden(words);
    case 404:
      return missing(error, words, target);
    case 409:
      return {
        message: words,
        nextStep:
          stepAfterConflict(error) ??
          'Another operation is in progress on this endpoint; run again once it has finished.',
      };
    case 429:
      return { message: words, nextStep: 'Azure limits the rate of requests; run again in a few minutes.' };
    default:
      return error.status >= 500
        ? {
            message: words,
            nextStep:
              'Azure returned a server error; run again. If it persists, give Microsoft support the request id.',
          }
        : { message: words, nextStep: 'Fix what Azure rejected and run again.' };
  }
}

/** Source: mlops-project-template issue 29 (the sentence). */
function isNameTaken(error: ServiceError): boolean {
  return /needs? to be unique within a region|already an endpoint with this name/i.test(error.serviceMessage);
}

function forbidden(words: string): Meaning {
  const permission = missingPermission(words);
  if (!permission)
    return {
      message: words,
      nextStep: "Ask the subscription's administrator: an Azure Policy or a network rule blocks this request.",
    };
  const scope = permission.scope ? ` on ${permission.scope}` : '';
  return {
    message: `the signed-in identity lacks ${permission.action}: ${words}`,
    nextStep: `Grant it the role "${permission.role}"${scope}, then wait a few minutes for it to take effect.`,
  };
}

function missing(error: ServiceError, words: string, target: AzureTarget): Meaning {
  if (error.code.toLowerCase().includes('subscription')) {
    return {
      message: words,
      nextStep: 'Check `subscription-id` and `cloud`, and that the signed-in identity has a role in the subscription.',
    };
  }
  // One that is gone between two requests; whatever looks for an endpoint first says itself that there is none.
  if (!isAboveEndpoints(error)) {
    return { message: words, nextStep: 'It was there a moment ago; look with operation `list` and run again.' };
  }
  return {
    message: `workspace ${target.workspaceName} is not in resource group ${target.resourceGroup}: ${words}`,
    nextStep: 'Check `workspace-name`, `resource-group` and `subscription-id`.',
  };
}

function isAboveEndpoints({ code, serviceMessage }: ServiceError): boolean {
  if (/^resourcenotfound$/i.test(code)) return !/\/onlineendpoints\b/i.test(serviceMessage);
  return /^(resourcegroup|parentresource)notfound$/i.test(code);
}

function explainSilence(error: ConnectionError): Failure {
  return new Failure(error.message, { code: error.code, nextStep: stepAfterSilence(error.code), cause: error });
}

/** What to do when nobody answers. @param code Node's or OpenSSL's */
export function stepAfterSilence(code: string): string {
  if (isTrustProblem(code)) {
    return 'The certificate is not trusted. Behind a proxy that inspects TLS, name its authority in NODE_EXTRA_CA_CERTS.';
  }
  return ['ENOTFOUND', 'EAI_AGAIN'].includes(code)
    ? 'The host name does not resolve. Check `cloud`, `resource-manager-endpoint` and the network of the runner.'
    : 'Check the network of the runner, HTTPS_PROXY and NO_PROXY, then run again.';
}
