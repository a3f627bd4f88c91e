import pLimit from 'p-limit';
import { EndpointError } from './result/endpoint-error.ts';

export interface Worked<T> {
  readonly done: readonly T[];
  readonly failed: readonly FailedEndpoint[];
}

export interface FailedEndpoint {
  readonly name: string;
  readonly error: unknown;
}

/**
 * Works on several endpoints side by side and to the end, whatever happens to some of them.
 * With a single endpoint its error is thrown as it is.
 */
export async function eachEndpoint<S extends { readonly name: string }, T>(
  specs: readonly S[],
  concurrency: number,
  work: (spec: S) => Promise<T>,
): Promise<Worked<T>> {
  const [only, ...others] = specs;
  if (only && others.length === 0) return { done: [await work(only)], failed: [] };
  const settled = await pLimit(concurrency).map(
    specs,
    async (spec): Promise<{ done: T } | { failed: FailedEndpoint }> => {
      try {
        return { done: await work(spec) };
      } catch (error) {
        return { failed: { name: spec.name, error: new EndpointError(spec.name, error) } };
      }
    },
  );
  return {
    done: settled.flatMap((each) => ('done' in each ? [each.done] : [])),
    failed: settled.flatMap((each) => ('failed' in each ? [each.failed] : [])),
  };
}
