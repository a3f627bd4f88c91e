import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/core-auth';
import type { ClientAssertionCredentialOptions } from '@azure/identity';
import { type PipelinePolicy, RestError } from '@azure/core-rest-pipeline';
import type { Limits, Report } from '../../deps.ts';
import { Failure } from '../../failure.ts';
import { type Circumstances, signInFailure } from './failure.ts';
import { unlessAborted } from '../shared-work.ts';
import { witness } from './witness.ts';

/** What a token is for: a scope, whether Azure may take it back before its time, and what else Azure wants it to say. */
export interface Wanted extends Pick<GetTokenOptions, 'enableCae' | 'claims'> {
  readonly scope: string;
}

/**
 * Asks for a token anew: none comes from a cache, since one of those may be the one that was just refused. It is masked.
 * @throws Failure; the signal's reason when whoever asks is cancelled
 */
export type Ask = (wanted: Wanted, limits: Limits) => Promise<AccessToken>;

/** One exchange, as its credential has to know it. */
export interface Exchange {
  readonly limits: Limits;
  /** For a credential that has a pipeline: it ends with the exchange, and what becomes of it is seen. */
  readonly additionalPolicies: NonNullable<ClientAssertionCredentialOptions['additionalPolicies']>;
  /** Told of the ID token that is offered. */
  offer(offered: Circumstances): void;
}

/** Milliseconds, as the two below. */
const LONGEST_SIGN_IN = 30_000;
const LONGEST_TRY = 10_000;
/** Beyond all that a way does by itself to try again. */
const LONGEST_ATTEMPTS = 120_000;

/** Masks each token before anybody sees it, and says in one voice why there is none. */
export function askingBy(
  way: string,
  open: (exchange: Exchange) => TokenCredential,
  { mask }: Pick<Report, 'mask'>,
): Ask {
  return async ({ scope, ...wanted }, limits) => {
    limits.signal.throwIfAborted();
    const { stop, relax } = bounds(limits);
    const { policy, last } = witness();
    let offered: Circumstances = {};
    const work = async (): Promise<AccessToken | null> => {
      const additionalPolicies = policies(stop, policy);
      const credential = open({ limits, additionalPolicies, offer: (what) => (offered = what) });
      const token = await credential.getToken(scope, { ...wanted, abortSignal: stop });
      if (token) mask(token.token);
      return token;
    };
    try {
      return (await unlessAborted(work(), stop)) ?? noToken(scope);
    } catch (error) {
      limits.signal.throwIfAborted();
      throw signInFailure(way, error, { seen: last(), ...offered });
    } finally {
      relax();
    }
  };
}

function noToken(scope: string): never {
  throw new Failure(`sign-in gave no token for ${scope}`, {
    nextStep: 'Run again. If it persists, check `tenant-id`, `client-id` and `cloud`.',
  });
}

/** A tool that hangs, and a request that `@azure/identity` makes beside its pipeline, know neither deadline nor cancel. */
function bounds({ signal }: Limits): { stop: AbortSignal; relax: () => void } {
  const over = new AbortController();
  const tooLong = (): void => over.abort(new Error(`no token after ${LONGEST_ATTEMPTS / 1_000} s`));
  const timer = setTimeout(tooLong, LONGEST_ATTEMPTS);
  return { stop: AbortSignal.any([signal, over.signal]), relax: () => clearTimeout(timer) };
}

function policies(stop: AbortSignal, watching: PipelinePolicy): Exchange['additionalPolicies'] {
  return [
    { policy: boundedBy(stop), position: 'perCall' },
    { policy: givingUpSilence(), position: 'perRetry' },
    { policy: watching, position: 'perRetry' },
  ];
}

/** `@azure/identity` takes an `abortSignal` for a token but does not end its requests on it. */
function boundedBy(signal: AbortSignal): PipelinePolicy {
  return {
    name: 'signInBounds',
    sendRequest(request, next) {
      request.abortSignal = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_SIGN_IN)]);
      return next(request);
    },
  };
}

/** One connection that stays silent is no reason to fail: its end is an error that `@azure/identity` tries again after. */
function givingUpSilence(): PipelinePolicy {
  return {
    name: 'signInTries',
    async sendRequest(request, next) {
      const whole = request.abortSignal;
      const silence = AbortSignal.timeout(LONGEST_TRY);
      request.abortSignal = whole ? AbortSignal.any([whole as AbortSignal, silence]) : silence;
      try {
        return await next(request);
      } catch (error) {
        if (!silence.aborted || whole?.aborted) throw error;
        throw new RestError('timed out waiting for a response', { code: 'ETIMEDOUT', request });
      } finally {
        if (whole) request.abortSignal = whole;
      }
    },
  };
}
