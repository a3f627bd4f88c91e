import type { Progress } from '../walk/ports.ts';

export function reportJson({ endpoint, ending }: Progress): string {
  return JSON.stringify({ endpoint, ending });
}
