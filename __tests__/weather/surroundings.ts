import { setTimeout as sleep } from 'node:timers/promises';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import { clientSecret, gitHubIdToken } from '../support/scene.ts';
import { type Gate, startGate } from './gate.ts';

/**
 * Trouble that no request of the emulator can have: `late` and `nobody` refuse the connections to Azure after the sign-in,
 * for a moment and for good; `stranger` shows a certificate of another authority there, `untrusted` already at the
 * sign-in, and `no sign-in` refuses it. `late model`, `no model` and `strange model` are the same for the scoring URL.
 * `oidc` signs in with GitHub's ID tokens, and `empty` has no endpoint.
 */
export type Surroundings =
  | 'late'
  | 'nobody'
  | 'stranger'
  | 'late model'
  | 'no model'
  | 'strange model'
  | 'untrusted'
  | 'no sign-in'
  | 'oidc'
  | 'empty';

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
    case 'no sign-in':
      return behindGate(azure, run, { before: undefined }, async (gate) => gate.shut());
    case 'late':
    case 'late model':
      return behindGate(azure, run, doorOf(surroundings), async (gate) => {
        gate.shut();
        await sleep(600);
        gate.open();
      });
    case 'nobody':
    case 'no model':
      return behindGate(azure, run, doorOf(surroundings), async (gate) => gate.shut());
    case 'stranger':
    case 'strange model':
      return amongStrangers(azure, run, doorOf(surroundings));
    default:
      return run(env);
  }
}

/** The last request before the one that meets the trouble. */
interface Door {
  readonly before: string | undefined;
}

function doorOf(surroundings: Surroundings): Door {
  return { before: surroundings.endsWith('model') ? '/listKeys' : '/oauth2/v2.0/token' };
}

async function amongStrangers<T>(azure: Emulator, run: (env: Env) => Promise<T>, door: Door): Promise<T> {
  const stranger = await startEmulator();
  try {
    return await behindGate(azure, run, door, async (gate) => gate.divert(Number(new URL(stranger.url).port)));
  } finally {
    await stranger.close();
  }
}

/** @param there called while the answer to the request at the door is on its way: what connects after it is beyond */
async function behindGate<T>(
  azure: Emulator,
  run: (env: Env) => Promise<T>,
  { before }: Door,
  there: (gate: Gate) => Promise<void>,
): Promise<T> {
  const gate = await startGate();
  const isAtTheDoor = ({ path }: { readonly path: string }): boolean => before === undefined || path.includes(before);
  if (before !== undefined) azure.fault({ match: { path: before }, then: { delay: 300 } });
  const ended = new AbortController();
  const watch = async (): Promise<void> => {
    while (before !== undefined && !ended.signal.aborted && !azure.requests().some(isAtTheDoor)) await sleep(10);
    await there(gate);
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
