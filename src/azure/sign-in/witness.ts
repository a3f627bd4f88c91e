import { isRestError, type PipelinePolicy } from '@azure/core-rest-pipeline';
import { isObject, textAt } from '../../json.ts';

/** What the last request of a sign-in came to. */
export interface Seen {
  /** Node's or OpenSSL's code when nobody answered. */
  readonly silence?: string;
  readonly host: string;
  readonly status?: number;
  /** Entra's own words, when it said no. */
  readonly description?: string | undefined;
}

export interface Witness {
  readonly policy: PipelinePolicy;
  last(): Seen | undefined;
}

/**
 * Watches the requests of a sign-in. `@azure/identity` keeps to itself what came of them: a host that does not resolve, a
 * certificate that is not trusted and a tenant that does not exist are all `endpoints_resolution_error` to it.
 */
export function witness(): Witness {
  let last: Seen | undefined;
  const policy: PipelinePolicy = {
    name: 'signInWitness',
    async sendRequest(request, next) {
      const { host } = new URL(request.url);
      try {
        const response = await next(request);
        last = { host, status: response.status, description: descriptionIn(response.bodyAsText ?? '') };
        return response;
      } catch (error) {
        last = { host, silence: silenceOf(error) };
        throw error;
      }
    },
  };
  return { policy, last: () => last };
}

function silenceOf(error: unknown): string {
  if (error instanceof Error && error.name === 'AbortError') return 'ETIMEDOUT';
  return (isRestError(error) && error.code) || 'ECONNRESET';
}

function descriptionIn(text: string): string | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) ? textAt(body, 'error_description') : undefined;
  } catch {
    return undefined;
  }
}
