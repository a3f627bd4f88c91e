import { explain } from '../../azure/explain.ts';
import type { AzureTarget } from '../../config/config.ts';
import { Failure } from '../../failure.ts';
import { groupBy } from '../../group-by.ts';
import { reasonOf } from '../../report/problem.ts';
import type { DeploymentSpec } from '../../spec/deployment/model.ts';

/** A deployment that was not sent, since one of its assets could not be uploaded or registered. */
export interface Unpublished {
  readonly spec: Pick<DeploymentSpec, 'name' | 'endpoint' | 'file' | 'positions'>;
  /** Of the asset in the YAML. */
  readonly key: string;
  readonly error: unknown;
}

/** One error for all deployments of an endpoint that lack the same for the same reason. */
export function unpublishedFailures(all: readonly Unpublished[], target: AzureTarget): unknown[] {
  const understood = all.map((each) => ({ ...each, error: explain(each.error, target) }));
  const groups = groupBy(understood, ({ key, error }) => `${key} ${reasonOf(error)}`);
  return [...groups.values()].map(failureOf);
}

function failureOf(group: readonly Unpublished[]): unknown {
  const { spec, key, error } = group[0]!;
  if (!(error instanceof Failure)) return error;
  const names = group.map((each) => each.spec.name).join(', ');
  const subject = `deployment${group.length > 1 ? 's' : ''} ${names} of endpoint ${spec.endpoint}`;
  const at = error.details.at ?? spec.positions.get(key) ?? { file: spec.file };
  return new Failure(`${subject}: ${error.message}`, { ...error.details, at });
}
