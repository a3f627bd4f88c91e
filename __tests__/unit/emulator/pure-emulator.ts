import { addFaults } from '../../../emulator/control.ts';
import { dispatch } from '../../../emulator/dispatch.ts';
import type { FaultRule } from '../../../emulator/faults.ts';
import { parseJson } from '../../../emulator/http.ts';
import type { Outcome } from '../../../emulator/http.ts';
import { defaultBehaviour } from '../../../emulator/options.ts';
import { plant } from '../../../emulator/seed.ts';
import type { Seed } from '../../../emulator/seed.ts';
import { emptyState } from '../../../emulator/state.ts';
import type { Behaviour, State } from '../../../emulator/state.ts';

/** An answer, with its JSON as a test wants to look into it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // Tests look deep into bodies and fail by themselves when something is missing.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
  readonly outcome: Outcome;
}

export interface SendOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The emulator without a server, on a clock that stands still until a test moves it. */
export interface PureEmulator {
  readonly state: State;
  now: number;
  send(method: string, target: string, options?: SendOptions): Answer;
  /** A call below the default workspace, signed in. `path` may carry a query. */
  arm(method: string, path: string, body?: unknown, version?: string): Answer;
  /** Sends, lets the operation end and reads what is there until it is no longer stale. */
  settle(method: string, path: string, body?: unknown): Answer;
  token(resource?: string): string;
  fault(rule: FaultRule): void;
}

export const operationTime = 1000;

/** A seed with endpoint `iris`, which has deployments `blue` (all the traffic) and `green`. */
export const irisSeed: Seed = {
  workspaces: [
    {
      name: 'ws-emulator',
      endpoints: [
        {
          name: 'iris',
          tags: { team: 'ml' },
          properties: { traffic: { blue: 100 } },
          deployments: [{ name: 'blue' }, { name: 'green' }],
        },
      ],
    },
  ],
};

export const endpointBody = { location: 'westeurope', properties: { authMode: 'Key' } };

export function pureEmulator(seed: Seed = {}, behaviour: Partial<Behaviour> = {}): PureEmulator {
  const state = emptyState(
    'https://127.0.0.1:1',
    'entropy',
    { ...defaultBehaviour, operationTime, ...behaviour },
    seed,
  );
  const emulator: PureEmulator = {
    state,
    now: Date.UTC(2026, 0, 1),
    send: (method, target, options = {}) => send(emulator, method, target, options),
    arm: (method, path, body, version = '2024-10-01') =>
      send(emulator, method, armTarget(state, path, version), {
        ...(body === undefined ? {} : { body }),
        headers: { authorization: `Bearer ${emulator.token()}` },
      }),
    settle: (method, path, body) => {
      const answer = emulator.arm(method, path, body);
      emulator.now += operationTime;
      for (let read = 0; read < 3; read += 1) emulator.arm('GET', path);
      return answer;
    },
    token: (resource = 'https://management.azure.com') => signIn(emulator, resource),
    fault: (rule) => addFaults(state, [rule]),
  };
  plant(state, emulator.now);
  return emulator;
}

export function armTarget(state: State, path: string, version = '2024-10-01'): string {
  const scope = `/subscriptions/${state.subscriptionId}/resourceGroups/rg-emulator`;
  const [resource, query = ''] = path.split('?');
  const workspace = `${scope}/providers/Microsoft.MachineLearningServices/workspaces/ws-emulator`;
  return `${workspace}${resource}?api-version=${version}${query && `&${query}`}`;
}

export function tokenRequest(state: State, changes: Readonly<Record<string, string>> = {}): string {
  const { clientId, clientSecret } = state.identity;
  const form = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: 'https://management.azure.com/.default',
    ...changes,
  };
  return new URLSearchParams(Object.entries(form).filter(([, value]) => value !== '')).toString();
}

function signIn(emulator: PureEmulator, resource: string): string {
  const form = tokenRequest(emulator.state, { scope: `${resource}/.default` });
  const { tenantId } = emulator.state.identity;
  return emulator.send('POST', `/${tenantId}/oauth2/v2.0/token`, { body: form }).body.access_token;
}

function send(emulator: PureEmulator, method: string, target: string, { body, headers = {} }: SendOptions): Answer {
  const [path = '', ...query] = target.split('?');
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const request = { method, target, path, query: new URLSearchParams(query.join('?')), headers, text };
  const outcome = dispatch(emulator.state, request, emulator.now);
  const { status, headers: sent, body: answer } = outcome.reply ?? { status: 0, headers: {}, body: '' };
  const parsed = parseJson(answer);
  return { status, headers: sent, body: parsed === undefined ? answer : parsed, outcome };
}
