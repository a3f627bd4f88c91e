import type { ArmResponse, Workspace } from '../../../src/azure/connect.ts';
import { CLOUDS } from '../../../src/config/cloud.ts';
import type { AzureTarget } from '../../../src/config/config.ts';
import { type FakeDeps, fakeDeps } from '../../support/fake-deps.ts';

export const TARGET: AzureTarget = {
  subscriptionId: '11111111-1111-1111-1111-111111111111',
  resourceGroup: 'rg',
  workspaceName: 'ws',
  tenantId: undefined,
  clientId: undefined,
  cloud: { ...CLOUDS.AzureCloud, name: 'AzureCloud', ownAuthority: false },
  apiVersion: '2024-10-01',
};

/** What ARM answers to one request, or how it fails. */
export type Answer = Partial<Omit<ArmResponse, 'header'>> & { readonly headers?: Readonly<Record<string, string>> };

export interface FakeWorkspace extends Workspace {
  readonly deps: FakeDeps;
  /** `GET /onlineEndpoints/iris`, in the order of arrival. */
  readonly sent: string[];
}

export function response({ headers = {}, ...rest }: Answer = {}): ArmResponse {
  return {
    status: 200,
    body: {},
    request: 'GET something',
    requestId: 'id-1',
    ...rest,
    header: (name) => headers[name],
  };
}

/** A workspace whose ARM answers from a script; the last answer goes on for ever. */
export function fakeWorkspace(script: readonly (Answer | Error)[], timeout = 3_600_000): FakeWorkspace {
  const deps = fakeDeps();
  const sent: string[] = [];
  const at = (deadline: number): FakeWorkspace => ({
    deps,
    sent,
    target: TARGET,
    id: '/workspace',
    clock: deps.clock,
    report: deps.report,
    limits: { signal: deps.signal, deadline },
    http: async () => {
      throw new Error('no scoring here');
    },
    token: async () => ({ token: 'entra-token', expiresAt: 0 }),
    within: (limits) => at(limits.deadline),
    describe() {
      return this.send({ method: 'GET', path: '', repeat: 'always' });
    },
    send: async (request) => {
      sent.push(`${request.method} ${request.path}`);
      const answer = script[Math.min(sent.length, script.length) - 1];
      if (answer instanceof Error) throw answer;
      return response(answer);
    },
  });
  return at(deps.clock.now() + timeout);
}
