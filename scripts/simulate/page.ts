import { between, markdown } from '../faces.ts';
import { PINNED } from './scenarios.ts';
import { guardHeader, type Results, SCENARIO_HEADER } from './table.ts';

/** The tables of a simulation, by the names of their markers in `docs/rollout.md`. */
export function simulationTables({ scenarios, guards }: Results): Record<string, string> {
  return {
    simulation: markdown(SCENARIO_HEADER, scenarios),
    guards: markdown(guardHeader(PINNED), guards),
  };
}

/** `docs/rollout.md` with the tables of the latest simulation. */
export function withSimulation(page: string, results: Results): string {
  const tables = Object.entries(simulationTables(results));
  return tables.reduce((text, [name, table]) => between(text, name, table), page);
}
