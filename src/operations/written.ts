import { planJson } from '../plan/show.ts';
import type { Outcome } from '../report/outcome.ts';
import type { FailedEndpoint } from './each.ts';
import { resultOf } from './result.ts';
import type { WrittenEndpoint } from './write-endpoint.ts';

/** The outcome of operations that write endpoints. */
export function writtenOutcome(written: readonly WrittenEndpoint[], failed: readonly FailedEndpoint[]): Outcome {
  const plans = written.map(({ plan }) => plan);
  return {
    endpoints: [
      ...written.map(({ live, changed }) => resultOf(live, changed)),
      ...failed.map(({ name }) => ({ name, status: 'failed', changed: false }) as const),
    ],
    plans,
    answer: written.map(({ plan, changed }) => `${plan.name}: ${changed ? done(plan.action) : 'no change'}`).join('\n'),
    outputs: { plan: planJson(plans) },
    failures: failed.map(({ error }) => error),
    exitCode: failed.length > 0 ? 1 : 0,
  };
}

function done(action: string): string {
  return action === 'create' ? 'created' : 'updated';
}
