import type { Progress } from '../walk/ports.ts';

export function rolloutMarkdown({ endpoint, ending }: Progress): string {
  return `${endpoint}: ${ending?.status ?? 'under way'}`;
}
