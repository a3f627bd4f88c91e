import type { DeploymentResult } from './outcome.ts';

const COLUMNS = ['deployment', 'state', 'model', 'environment', 'instances', 'traffic', 'mirror', 'age'] as const;

/** The deployments of endpoints as a table. @param write how: for a terminal, or as Markdown */
export function deploymentTable(
  deployments: readonly DeploymentResult[],
  write: (header: readonly string[], rows: readonly (readonly string[])[]) => string,
): string {
  const rows = deployments.map(({ name, state, model, environment, instances, traffic, mirror, age }) => [
    name,
    state,
    model ?? '',
    environment ?? '',
    instances,
    `${traffic} %`,
    `${mirror} %`,
    age ?? '',
  ]);
  return write(COLUMNS, rows);
}
