import { formatDuration } from '../../duration.ts';
import type { Clock, Limits, Report } from '../../deps.ts';
import { Failure } from '../../failure.ts';
import type { Ask, Wanted } from './ask.ts';
import { type SharedWork, sharedWork } from '../shared-work.ts';

export interface Token {
  /** Masked. */
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The tokens of a sign-in, one for each scope. Whoever asks waits within its own limits, however many ask at once. */
export interface Tokens {
  /** @throws Failure when there is none that is good; the signal's reason when whoever asks is cancelled */
  get(wanted: Wanted, limits: Limits): Promise<Token>;
  /** Another one in the place of one that Azure has refused. @throws as `get` does */
  renew(refused: string, wanted: Wanted, limits: Limits): Promise<Token>;
}

/** A token, and its times by the clock of the run. */
interface Held extends Token {
  readonly goodUntil: number;
  renewAt: number;
}

/** Milliseconds before its end at which a token is renewed. `az` and Entra's library give no new one before the last five minutes. */
const EARLY = 4 * 60_000;
/** Between two early renewals. */
const PAUSE = 30_000;
/** What whoever still has a good token waits for the next one. */
const LONGEST_EARLY = 30_000;
/** A token that ends on its way is of no use. */
const MARGIN = 1_000;

/**
 * The policy of the Azure SDK renews a token in the background, where nobody waits for it: when that fails after the end
 * of the old one, Node ends the process, in the midst of whatever it was at. Here whoever needs a token waits for it.
 */
export function keepTokens(ask: Ask, { clock, report }: { clock: Clock; report: Pick<Report, 'info'> }): Tokens {
  const held = new Map<string, Held>();
  const coming = new Map<string, SharedWork<Held>>();
  const exchange = (wanted: Wanted, limits: Limits): Promise<Held> => {
    const key = `${wanted.scope} ${wanted.claims ?? ''}`;
    const begin = async (within: Limits): Promise<Held> => {
      const fresh = timed(await ask(wanted, within), clock);
      held.set(wanted.scope, fresh);
      return fresh;
    };
    const work: SharedWork<Held> =
      coming.get(key) ?? sharedWork(begin, () => coming.get(key) === work && coming.delete(key));
    coming.set(key, work);
    return work.join(limits);
  };
  const get = async (wanted: Wanted, limits: Limits): Promise<Token> => {
    limits.signal.throwIfAborted();
    const old = held.get(wanted.scope);
    if (!old || clock.now() >= old.goodUntil) return exchange(wanted, limits);
    if (clock.now() < old.renewAt) return old;
    try {
      return await exchange(wanted, patient(limits));
    } catch (error) {
      limits.signal.throwIfAborted();
      const left = old.goodUntil - clock.now();
      if (left <= 0) return exchange(wanted, limits);
      if (clock.now() >= old.renewAt) {
        old.renewAt = clock.now() + PAUSE;
        report.info(`${wordsOf(error)}; the present token is good for another ${formatDuration(left)}`);
      }
      return old;
    }
  };
  return {
    get,
    async renew(refused, wanted, limits) {
      // Others may have been refused with the same one, and have renewed it already.
      if (held.get(wanted.scope)?.token !== refused) return get(wanted, limits);
      held.delete(wanted.scope);
      return exchange(wanted, limits);
    },
  };
}

/** A credential goes by the clock of the machine, a run by its own. */
function timed({ token, expiresOnTimestamp: expiresAt }: Awaited<ReturnType<Ask>>, clock: Clock): Held {
  const now = clock.now();
  const end = now + expiresAt - Date.now();
  return { token, expiresAt, goodUntil: end - MARGIN, renewAt: Math.max(end - EARLY, now + PAUSE) };
}

function patient({ signal, deadline }: Limits): Limits {
  return { signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_EARLY)]), deadline };
}

function wordsOf(error: unknown): string {
  return error instanceof Failure ? error.message : `no new token within ${LONGEST_EARLY / 1_000} s`;
}
