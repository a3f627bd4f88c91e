import { listKeys, regenerateKey } from '../azure/callers.ts';
import { connect, type Workspace } from '../azure/connect.ts';
import { needEndpoint } from '../azure/endpoints.ts';
import { startWait } from '../http/wait.ts';
import type { RegenerateKeysConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import { Failure } from '../failure.ts';
import { authModeWord } from '../plan/fields.ts';
import { authMode } from '../plan/live.ts';
import type { Outcome } from '../report/outcome.ts';
import { sendAndFollow } from './write/follow.ts';
import { limitsFromNow } from './limits.ts';
import { STALE_READS, waitAfterRefusal } from './write/patience.ts';
import { resultOf } from './result/endpoint.ts';
import { claimant } from './traffic/claimant.ts';

/** How long to look for a new key when the answer was lost: a rotation takes less. */
const LOST_ANSWER = 60_000;

/** Rotates one key, exactly once: the old and the new value are compared where an answer was lost. */
export async function regenerateKeys(config: RegenerateKeysConfig, deps: Deps): Promise<Outcome> {
  const { endpoint, key } = config;
  const workspace = await connect(config.azure, deps, limitsFromNow(deps, config.timeout));
  const live = await needEndpoint(workspace, endpoint);
  claimant(deps, config.azure).refuseHeld(live);
  if (authMode(live) !== 'Key') throw hasNoKeys(endpoint, authModeWord(live));
  const before = (await listKeys(workspace, endpoint))[key];
  const what = `rotation of the ${key} key of endpoint ${endpoint}`;
  await rotate(workspace, config, before, what, deps);
  await newKeyShows(workspace, config, before, what);
  return { endpoints: [resultOf(live, true)], answer: `${endpoint}: new ${key} key` };
}

async function rotate(
  workspace: Workspace,
  config: RegenerateKeysConfig,
  before: string,
  what: string,
  deps: Deps,
): Promise<void> {
  const { endpoint, key } = config;
  const wait = startWait(workspace, what);
  for (;;) {
    const turn = () => regenerateKey(workspace, endpoint, key);
    const entry = { endpoint, what };
    const sent = await sendAndFollow(workspace, entry, deps.journal, turn);
    if (sent.how === 'refused') {
      await waitAfterRefusal(wait, sent.error);
      continue;
    }
    // The answer was lost. Whether the key turned is for the key itself to say; a second turn would be one too many.
    if (sent.how === 'lost' && !(await turnedWithin(workspace, config, before, LOST_ANSWER))) throw sent.error;
    deps.journal.end(entry);
    return;
  }
}

async function newKeyShows(
  workspace: Workspace,
  config: RegenerateKeysConfig,
  before: string,
  what: string,
): Promise<void> {
  if (await turnedWithin(workspace, config, before, STALE_READS)) return;
  throw new Failure(`Azure reports the ${what} as done but still hands out the old key`, {
    nextStep: 'Look again with operation `token` before rotating once more.',
  });
}

async function turnedWithin(
  workspace: Workspace,
  { endpoint, key }: RegenerateKeysConfig,
  before: string,
  patience: number,
): Promise<boolean> {
  const wait = startWait(workspace, `reading the ${key} key of endpoint ${endpoint} back`);
  for (;;) {
    if ((await listKeys(workspace, endpoint))[key] !== before) return true;
    if (wait.elapsed() >= patience || wait.left() <= 0) return false;
    await wait.pause('still the old key');
  }
}

function hasNoKeys(endpoint: string, mode: string): Failure {
  return new Failure(`endpoint ${endpoint} does not use keys; its auth_mode is ${mode}`, {
    nextStep: 'Only endpoints with `auth_mode: key` have keys to rotate.',
  });
}
