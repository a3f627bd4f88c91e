import { Failure } from '../failure.ts';
import { ConnectionError, ServiceError } from './errors.ts';

/**
 * What to do about the answers of Microsoft Entra that users meet.
 * Source: Microsoft Learn, "Microsoft Entra authentication and authorization error codes".
 */
const NEXT_STEPS: Readonly<Record<string, string>> = {
  AADSTS90002: 'Check `tenant-id`: Entra does not know this tenant, or it is in another `cloud`.',
  AADSTS700016: 'Check `client-id` and `tenant-id`: the tenant has no such application.',
  AADSTS7000215: 'AZURE_CLIENT_SECRET is wrong; use the value of the secret, not its ID.',
  AADSTS7000222: 'AZURE_CLIENT_SECRET has expired; make a new one, or use GitHub OIDC, which needs none.',
  AADSTS70021: 'Add a federated credential for this subject to the application. It is compared with case.',
  AADSTS700211: 'Add a federated credential for this issuer to the application.',
  AADSTS700212: 'Give the federated credential the audience above.',
  AADSTS700213:
    'Add a federated credential for the subject above to the application. It is compared with case, and a job with `environment:` has another subject.',
  AADSTS700024: 'The clock of the runner may be wrong: the ID token was made moments ago.',
  AADSTS50196: 'Entra saw too many sign-ins from this client; run again in a few minutes.',
};

/** Turns the error of a credential into ours. The words of Entra hold no secret; those of a local tool might, and are left out. */
export function signInFailure(way: string, error: unknown, claims: string | undefined): unknown {
  if (error instanceof Failure || isAbort(error)) return error;
  const description = entraWords(error);
  const code = /AADSTS\d+/.exec(description)?.[0];
  const words = description.split(/\r?\n| Trace ID:/)[0]!.trim();
  return new Failure(`sign-in with ${way} failed: ${words}${claims ? ` (${claims})` : ''}`, {
    code,
    requestId: /Correlation ID: ([\w-]+)/.exec(description)?.[1],
    nextStep: (code && NEXT_STEPS[code]) ?? generalStep(way, error),
    cause: error,
  });
}

function entraWords(error: unknown): string {
  const response = (error as { errorResponse?: { errorDescription?: string } }).errorResponse;
  return response?.errorDescription ?? (error instanceof Error ? error.message : String(error));
}

function generalStep(way: string, error: unknown): string {
  if (error instanceof ConnectionError || error instanceof ServiceError) {
    return 'GitHub gave no ID token; run the job again.';
  }
  if (way.startsWith('the login')) return 'Run azure/login (or `az login`) again, or give `client-id` and `tenant-id`.';
  if (way.startsWith('managed')) {
    return 'Give `client-id` and `tenant-id`, run azure/login first, or run on a machine that has a managed identity.';
  }
  return 'Check `tenant-id`, `client-id` and `cloud`.';
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
