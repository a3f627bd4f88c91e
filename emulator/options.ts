import type { Seed } from './seed.ts';
import type { Request } from './http.ts';
import type { Behaviour } from './state.ts';

/** How an emulator is started. Times are in milliseconds. */
export interface EmulatorOptions extends Partial<Omit<Behaviour, 'pace'>> {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Delays each answer, those of `/_emulator/` excepted. */
  readonly latency?: number;
  readonly seed?: Seed;
  /** Makes a container in the store, for one that is reached another way than by its address. */
  readonly makeContainer?: (container: string) => Promise<void>;
  /** Real milliseconds of an emulated minute. */
  readonly minute?: number;
  /** Called before each request is answered: here a test lets somebody else act in between. */
  readonly onRequest?: (request: Pick<Request, 'method' | 'path'>) => Promise<void> | void;
  /** Milliseconds since 1970; a test that lets time jump passes its own. */
  readonly now?: () => number;
}

/**
 * Azure's own numbers, save that operations are quick. An ID token of GitHub lives five minutes, an access token of
 * Entra about an hour, an AML token a day (test_online_endpoint_invoke.yaml); the size of a page is [U].
 */
export const defaultBehaviour: Behaviour = {
  operationTime: 200,
  deploymentTime: undefined,
  serialDeployments: false,
  storage: {},
  pace: { minute: 60_000, origin: 0 },
  staleReads: 1,
  hiddenReads: 0,
  pageSize: 100,
  idTokenLifetime: 5 * 60_000,
  accessTokenLifetime: 60 * 60_000,
  amlTokenLifetime: 24 * 60 * 60_000,
  denied: [],
};
