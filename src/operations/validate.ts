import type { ValidateConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import type { Outcome } from '../report/outcome.ts';
import { desiredState } from './desired/state.ts';

/** Reads the YAML of endpoints and deployments offline. All faults of all files come out at once, as an error. */
export async function validate(config: ValidateConfig, deps: Deps): Promise<Outcome> {
  const { specs, deployments } = await desiredState(config.request, { ...config, withoutFile: true }, deps);
  const files = new Map(specs.map(({ file, name }) => [name, file]));
  for (const name of [...new Set([...files.keys(), ...deployments.keys()])].sort()) {
    const file = files.get(name);
    if (file !== undefined) deps.report.info(`${file}: endpoint ${name} is valid`);
    for (const own of deployments.get(name) ?? []) {
      deps.report.info(`${own.file}: deployment ${own.name} of endpoint ${name} is valid`);
    }
  }
  return { endpoints: specs.map(({ name }) => ({ name, status: 'unchanged', changed: false })) };
}
