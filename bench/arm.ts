import type { Emulator } from '../emulator/server.ts';

type Requests = ReturnType<Emulator['requests']>;

/** Requests to Azure Resource Manager; the others sign in or read metadata. */
export function toArm(requests: Requests): Requests {
  return requests.filter(({ path }) => path.startsWith('/subscriptions/'));
}

/** ARM reads what is secret with POST, `listKeys` and the like; all else that is no GET changes something. */
export function writes(requests: Requests): Requests {
  return toArm(requests).filter(
    ({ method, path }) => method !== 'GET' && method !== 'HEAD' && !(method === 'POST' && isReading(path)),
  );
}

/** The last word of the path: `listKeys`, `listSecrets`, `getToken`, `token`, `getLogs`. */
function isReading(path: string): boolean {
  return /\/(list\w*|get\w*|token)$/i.test(path.split('?')[0]!);
}
