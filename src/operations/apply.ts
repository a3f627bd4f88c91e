import type { UpdateConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import type { Outcome } from '../report/outcome.ts';
import { writeAll } from './update.ts';

/** Creates or updates endpoints, whichever each one needs; sends nothing when nothing differs. */
export function apply(config: UpdateConfig, deps: Deps): Promise<Outcome> {
  return writeAll(config, deps, () => {});
}
