import { setTimeout as sleep } from 'node:timers/promises';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import { clientSecret, gitHubIdToken } from '../support/scene.ts';
import { type Gate, startGate } from './gate.ts';

/**
 * Trouble that no request of the emulator can have: `late` and `nobody` refuse the connections to Azure after the sign-in,
 * for a moment and for good; `stranger` shows a certificate of another authority there, `untrusted` already at the
 * sign-in. `oidc` signs in with GitHub's ID tokens, and `empty` has no endpoint.
 */
export type Surroundings = 'late' | 'nobody' | 'stranger' | 'untrusted' | 'oidc' | 'empty';

type Env = Readonly<Record<string, string>>;

/** Runs with the variables of a job in such surroundings. */
export async function within<T>(
  surroundings: Surroundings | undefined,
  azure: Emulator,
  run: (env: Env) => Promise<T>,
): Promise<T> {
  const env = clientSecret(azure);
  switch (surroundings) {
    case 'oidc':
      return run(gitHubIdToken(azure));
    case 'untrusted':
      return run({ ...env, NODE_EXTRA_CA_CERTS: '' });
    case 'late':
      return behindGate(azure, run, async (gate) => {
        gate.shut();
        await sleep(600);
        gate.open();
      });
    case 'nobody':
      return behindGate(azure, run, async (gate) => gate.shut());
    case 'stranger':
      return amongStrangers(azure, run);
    default:
      return run(env);
  }
}

async function amongStrangers<T>(azure: Emulator, run: (env: Env) => Promise<T>): Promise<T> {
  const stranger = await startEmulator();
  try {
    return await behindGate(azure, run, async (gate) => gate.divert(Number(new URL(stranger.url).port)));
  } finally {
    await stranger.close();
  }
}

/** @param signedIn called while the answer to the sign-in is on its way: what connects after it wants Azure itself */
async function behindGate<T>(
  azure: Emulator,
  run: (env: Env) => Promise<T>,
  signedIn: (gate: Gate) => Promise<void>,
): Promise<T> {
  const gate = await startGate();
  const isSignIn = ({ path }: { readonly path: string }): boolean => path.includes('/oauth2/v2.0/token');
  azure.fault({ match: { path: '/oauth2/v2.0/token' }, then: { delay: 300 } });
  const ended = new AbortController();
  const watch = async (): Promise<void> => {
    while (!ended.signal.aborted && !azure.requests().some(isSignIn)) await sleep(10);
    await signedIn(gate);
  };
  const watching = watch();
  try {
    return await run({ ...clientSecret(azure), HTTPS_PROXY: gate.url });
  } finally {
    ended.abort();
    await watching;
    await gate.close();
  }
}
