import { draw, drawGuid } from '../randomness.ts';
import type { Deployment, DeploymentBody, Endpoint, EndpointBody, State, Workspace } from '../state.ts';

/** An endpoint that an operation is about to create, with fresh keys. */
export function newEndpoint(
  state: State,
  workspace: Workspace,
  name: string,
  body: EndpointBody,
  now: number,
): Endpoint {
  return {
    ...newResource(name, body, now),
    workspace,
    principalId: drawGuid(state.randomness),
    keys: { Primary: newKey(state), Secondary: newKey(state) },
    deployments: [],
    balance: {},
    // A seed may give it a split, which then was there for ever.
    splits: [{ time: 0, traffic: body.properties.traffic, mirrorTraffic: body.properties.mirrorTraffic }],
    calls: [],
  };
}

export function newDeployment(name: string, body: DeploymentBody, now: number): Deployment {
  return { ...newResource(name, body, now), story: { failure: undefined, log: [] } };
}

/** An endpoint key; remembered as a secret. */
export function newKey(state: State): string {
  const key = draw(state.randomness);
  state.secrets.push(key);
  return key;
}

function newResource<Body>(name: string, body: Body, now: number) {
  return {
    name,
    body,
    next: undefined,
    ready: false,
    provisioningState: 'Creating' as const,
    operationUri: '',
    createdAt: now,
    modifiedAt: now,
    lag: undefined,
  };
}
