import type { OutputName } from '../config/outputs.ts';
import type { EndpointResult, Outcome, Status } from './outcome.ts';
import { reasonOf } from './problem.ts';

export type Outputs = Partial<Record<OutputName, string>>;

/**
 * The outputs of an operation that has ended. Those of a single endpoint are set only when one was named;
 * `endpoints` always, and never with a token in it.
 */
export function outputsOf(outcome: Outcome, named: string | undefined): Outputs {
  const [only, ...others] = outcome.endpoints;
  return withoutEmpty({
    ...(named && only && others.length === 0 ? scalars(only) : {}),
    endpoints: JSON.stringify(Object.fromEntries(outcome.endpoints.map(entry))),
    changed: anyChanged(outcome.endpoints),
    status: overall(outcome),
    'failure-reason': outcome.failures?.map(reasonOf).join('; '),
    ...outcome.outputs,
  });
}

/**
 * The outputs of an operation that could not go on.
 * @param endpoint the one that was named, if it was one
 * @param untouched nothing can have been sent; otherwise nobody knows whether something changed, and nothing is claimed
 */
export function failedOutputs(reason: string, endpoint: string | undefined, untouched: boolean): Outputs {
  const changed = untouched ? { changed: false } : {};
  return {
    endpoints: JSON.stringify(endpoint ? { [endpoint]: { ...changed, status: 'failed' } } : {}),
    ...(untouched ? { changed: 'false' } : {}),
    status: 'failed',
    'failure-reason': reason,
  };
}

/** The endpoint that an input names, unless it names several, or whatever is there. */
export function onlyNamed(input: string): string | undefined {
  const name = input.trim().toLowerCase();
  return /^[a-z0-9-]+$/.test(name) ? name : undefined;
}

function scalars(endpoint: EndpointResult): Record<string, string | undefined> {
  return {
    'scoring-url': endpoint.scoringUrl,
    'swagger-url': endpoint.swaggerUrl,
    'provisioning-state': endpoint.provisioningState,
    'principal-id': endpoint.principalId,
    traffic: endpoint.traffic && JSON.stringify(endpoint.traffic),
  };
}

function entry({ name, scoringUrl, provisioningState, traffic, changed, status }: EndpointResult): [string, object] {
  return [name, { scoringUrl, provisioningState, traffic, changed, status }];
}

/** One that surely changed is enough; where that of some is not known, nothing is claimed. */
function anyChanged(endpoints: readonly EndpointResult[]): string | undefined {
  if (endpoints.some(({ changed }) => changed)) return 'true';
  return endpoints.some(({ changed }) => changed === undefined) ? undefined : 'false';
}

/** The worst of all. */
function overall({ endpoints, failures = [] }: Outcome): Status {
  const worst = (['failed', 'rolled-back', 'superseded', 'paused'] as const).find((status) =>
    endpoints.some((endpoint) => endpoint.status === status),
  );
  if (worst) return worst;
  if (failures.length > 0) return 'failed';
  return endpoints.length > 0 && endpoints.every(({ status }) => status === 'unchanged') ? 'unchanged' : 'succeeded';
}

function withoutEmpty(outputs: Record<string, string | undefined>): Outputs {
  return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== undefined && value !== ''));
}
