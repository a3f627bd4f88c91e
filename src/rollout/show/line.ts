import type { Progress } from '../walk/ports.ts';

/** One line a minute. */
export function minuteLine({ stages }: Progress): string {
  return stages.at(-1)?.verdict?.reason ?? '';
}
