import type { OutputName } from '../config/outputs.ts';
import type { EndpointResult, Outcome, Status } from './outcome.ts';
import { reasonOf } from './problem.ts';

export type Outputs = Partial<Record<OutputName, string>>;

/**
 * The outputs of an operation that has ended. Those of a single endpoint are set only when there was just one;
 * `endpoints` always, and never with a token in it.
 */
export function outputsOf(outcome: Outcome): Outputs {
  const [only, ...others] = outcome.endpoints;
  return withoutEmpty({
    ...(only && others.length === 0 ? scalars(only) : {}),
    endpoints: JSON.stringify(Object.fromEntries(outcome.endpoints.map(entry))),
    changed: String(outcome.endpoints.some((endpoint) => endpoint.changed)),
    status: overall(outcome),
    'failure-reason': outcome.failures?.map(reasonOf).join('; '),
    ...outcome.outputs,
  });
}

/** The outputs of an operation that could not go on. */
export function failedOutputs(reason: string): Outputs {
  return { endpoints: '{}', status: 'failed', 'failure-reason': reason };
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

function overall({ endpoints, failures = [] }: Outcome): Status {
  if (failures.length > 0) return 'failed';
  return endpoints.length > 0 && endpoints.every(({ status }) => status === 'unchanged') ? 'unchanged' : 'succeeded';
}

function withoutEmpty(outputs: Record<string, string | undefined>): Outputs {
  return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== undefined && value !== ''));
}
