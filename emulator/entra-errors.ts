import { json } from './http.ts';
import type { Reply } from './http.ts';
import { drawGuid } from './randomness.ts';
import type { State } from './state.ts';
import type { Claims } from './tokens.ts';

interface Facts {
  readonly tenant?: string;
  readonly client?: string;
  readonly grant?: string;
  readonly scope?: string;
  readonly resource?: string;
  readonly value?: string;
  readonly claims?: Claims;
  /** In place of the usual `error` word. */
  readonly error?: string;
}

interface Refusal {
  readonly status: number;
  readonly code: number;
  readonly error: string;
  readonly words: (facts: Facts, now: number) => string;
}

/**
 * Codes and words as Entra has them ("Microsoft Entra authentication and authorization error codes" on
 * learn.microsoft.com; the federation ones as quoted in Azure/login#482, Azure/login#515, azure-workload-identity#1200).
 */
const refusals = {
  unknownTenant: {
    status: 400,
    code: 90002,
    error: 'invalid_request',
    words: ({ tenant }) =>
      `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the ` +
      'correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions ' +
      'for the tenant.',
  },
  missingGrant: {
    status: 400,
    code: 900144,
    error: 'invalid_request',
    words: () => "The request body must contain the following parameter: 'grant_type'.",
  },
  unsupportedGrant: {
    status: 400,
    code: 70003,
    error: 'unsupported_grant_type',
    words: ({ grant }) => `The app requested an unsupported grant type '${grant}'.`,
  },
  unknownClient: {
    status: 400,
    code: 700016,
    error: 'unauthorized_client',
    words: ({ client, tenant }) =>
      `Application with identifier '${client}' was not found in the directory '${tenant}'. This can happen if the ` +
      'application has not been installed by the administrator of the tenant or consented to by any user in the tenant. ' +
      'You may have sent your authentication request to the wrong tenant.',
  },
  wrongSecret: {
    status: 401,
    code: 7000215,
    error: 'invalid_client',
    words: ({ client }) =>
      'Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the ' +
      `client secret ID, for a secret added to app '${client}'.`,
  },
  missingCredential: {
    status: 401,
    code: 7000218,
    error: 'invalid_client',
    words: () => "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  },
  malformedAssertion: {
    status: 401,
    code: 50027,
    error: 'invalid_client',
    words: () => 'JWT token is invalid or malformed.',
  },
  expiredAssertion: {
    status: 401,
    code: 700024,
    error: 'invalid_client',
    words: ({ claims }, now) =>
      `Client assertion is not within its valid time range. Current time: ${new Date(now).toISOString()}, assertion ` +
      `valid from ${time(claims?.nbf)}, expiry time of assertion ${time(claims?.exp)}. Review the documentation at ` +
      'https://learn.microsoft.com/entra/identity-platform/certificate-credentials .',
  },
  wrongIssuer: {
    status: 401,
    code: 700211,
    error: 'invalid_client',
    words: ({ value }) => noRecord('issuer', value),
  },
  wrongAudience: {
    status: 401,
    code: 700212,
    error: 'invalid_client',
    words: ({ value }) => noRecord('audience', value),
  },
  wrongSubject: {
    status: 401,
    code: 700213,
    error: 'invalid_client',
    words: ({ value }) => noRecord('subject', value),
  },
  badScope: {
    status: 400,
    code: 1002012,
    error: 'invalid_scope',
    words: ({ scope }) =>
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with ` +
      '/.default suffixed to the resource identifier (application ID URI).',
  },
  unknownResource: {
    status: 400,
    code: 500011,
    error: 'invalid_resource',
    words: ({ resource, tenant }) =>
      `The resource principal named ${resource} was not found in the tenant named ${tenant}. This can happen if the ` +
      'application has not been installed by the administrator of the tenant or consented to by any user in the tenant. ' +
      'You might have sent your authentication request to the wrong tenant.',
  },
} satisfies Record<string, Refusal>;

/** Entra's answer to a request for a token that it does not grant. */
export function refuse(state: State, now: number, why: keyof typeof refusals, facts: Facts): Reply {
  const refusal: Refusal = refusals[why];
  const trace = drawGuid(state.randomness);
  const correlation = drawGuid(state.randomness);
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const words = refusal.words(facts, now);
  return json(refusal.status, {
    error: facts.error ?? refusal.error,
    error_description:
      `AADSTS${refusal.code}: ${words} ` + `Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    error_codes: [refusal.code],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `${state.url}/error?code=${refusal.code}`,
  });
}

function noRecord(claim: string, value: string | undefined): string {
  return (
    `No matching federated identity record found for presented assertion ${claim} '${value}'. Check your federated ` +
    'identity credential Subject, Audience and Issuer against the presented assertion. ' +
    'https://learn.microsoft.com/entra/workload-id/workload-identity-federation'
  );
}

function time(seconds: number | undefined): string {
  return new Date((seconds ?? 0) * 1000).toISOString();
}
