import { Failure, type FailureDetails } from '../../failure.ts';
import { stepAfterSilence } from '../explain.ts';
import type { Seen } from './witness.ts';

/**
 * What to do about the answers of Microsoft Entra that users meet.
 * Source: Microsoft Learn, "Microsoft Entra authentication and authorization error codes".
 */
const NEXT_STEPS: Readonly<Record<string, string>> = {
  AADSTS90002: 'Check `tenant-id`: Entra does not know this tenant, or it is in another `cloud`.',
  AADSTS700016: 'Check `client-id` and `tenant-id`: the tenant has no such application.',
  AADSTS7000215: 'AZURE_CLIENT_SECRET is wrong; use the value of the secret, not its ID.',
  AADSTS7000222: 'AZURE_CLIENT_SECRET has expired; make a new one, or use GitHub OIDC, which needs none.',
  AADSTS70021: 'Add a federated credential for this subject to the application. The match is case-sensitive.',
  AADSTS700211: 'Add a federated credential for this issuer to the application.',
  AADSTS700212: 'Give the federated credential the audience above.',
  AADSTS700213:
    'Add a federated credential for the subject above to the application. The match is case-sensitive, and a job with `environment:` has another subject.',
  AADSTS700024: 'The clock of the runner may be wrong: the ID token was made moments ago.',
  AADSTS500011: 'Check `cloud` and `resource-manager-endpoint`: the tenant does not know this resource.',
  AADSTS50196: 'Entra saw too many sign-ins from this client; run again in a few minutes.',
};

/** What is known of a sign-in beside the error of its credential. */
export interface Circumstances {
  /** Of the ID token that was offered. */
  readonly claims?: string | undefined;
  /** The last request to Entra. */
  readonly seen?: Seen | undefined;
  /** Why there was no ID token to offer. */
  readonly noIdToken?: unknown;
}

/** Turns the error of a credential into ours. The words of Entra hold no secret. */
export function signInFailure(way: string, error: unknown, { claims, seen, noIdToken }: Circumstances): unknown {
  if (error instanceof Failure) return error;
  const { words, ...details } = noIdToken === undefined ? explained(way, error, seen) : withoutIdToken(noIdToken);
  const offered = claims && noIdToken === undefined ? ` (${claims})` : '';
  return new Failure(`sign-in with ${way} failed: ${words}${offered}`, { ...details, cause: error });
}

interface Explained extends Pick<FailureDetails, 'code' | 'requestId' | 'nextStep'> {
  readonly words: string;
}

function explained(way: string, error: unknown, seen: Seen | undefined): Explained {
  const text = error instanceof Error ? error.message : String(error);
  const description = /AADSTS\d/.test(text) ? text.slice(text.search(/AADSTS\d/)) : seen?.description;
  if (description !== undefined) return entraSaysNo(description);
  if (seen?.silence !== undefined) {
    const words = `no response from ${seen.host} (${seen.silence})`;
    return { words, code: seen.silence, nextStep: stepAfterSilence(seen.silence) };
  }
  if (seen !== undefined) {
    const how = seen.status === 200 ? 'returned an unexpected HTTP 200 response' : `answered HTTP ${seen.status}`;
    const words = `${seen.host} ${how}`;
    return { words, nextStep: 'Run again. If it persists, look for a proxy or a login page in between.' };
  }
  return withoutEntra(way, text);
}

function entraSaysNo(description: string): Explained {
  const code = /AADSTS\d+/.exec(description)?.[0];
  return {
    words: description.split(/\r?\n| Trace ID:/)[0]!.trim(),
    code,
    requestId: /Correlation ID: ([\da-f-]{36})/i.exec(description)?.[1],
    nextStep: (code && NEXT_STEPS[code]) ?? 'Check `tenant-id`, `client-id` and `cloud`.',
  };
}

/** How the ways are told of that ask no Entra themselves. */
export const LOGIN_OF_A_TOOL = 'the login of azure/login or az';
export const MANAGED_IDENTITY = 'managed identity';

/** The ways that do not ask Entra themselves: a local tool, or the machine. */
function withoutEntra(way: string, text: string): Explained {
  const words = text.split(/\r?\n/)[0]!.trim();
  if (way === LOGIN_OF_A_TOOL) {
    return { words, nextStep: 'Run azure/login (or `az login`) again, or give `client-id` and `tenant-id`.' };
  }
  if (!way.startsWith(MANAGED_IDENTITY)) return { words, nextStep: 'Check `tenant-id`, `client-id` and `cloud`.' };
  return {
    words: /Error\(s\): Not Available/.test(words) ? 'this machine has no managed identity' : words,
    nextStep:
      'Give `client-id` and `tenant-id`, run azure/login first, or run on a machine that has a managed identity.',
  };
}

function withoutIdToken(error: unknown): Explained {
  const words = error instanceof Error ? error.message : String(error);
  return { words, nextStep: 'GitHub gave no ID token; run the job again.' };
}
