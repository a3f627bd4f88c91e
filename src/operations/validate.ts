import type { ValidateConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import type { Outcome } from '../report/outcome.ts';
import { desiredEndpoints } from './desired.ts';

/** Reads the YAML offline. All faults of all files come out at once, as an error. */
export async function validate(config: ValidateConfig, deps: Deps): Promise<Outcome> {
  const specs = await desiredEndpoints(config.request, deps);
  for (const spec of specs) deps.report.info(`${spec.file}: endpoint ${spec.name} is valid`);
  return { endpoints: specs.map(({ name }) => ({ name, status: 'unchanged', changed: false })) };
}
