import type { Content } from './model.ts';

/** What belongs to a local file or folder as an asset: the names of its files, or what keeps it from being one, in words. */
export type Listed = { readonly names: readonly string[] } | { readonly faults: readonly string[] };

/** Lists what is at a path, without reading it. @throws the signal's reason when the job is cancelled */
export type ListContent = (content: Extract<Content, { local: string }>) => Promise<Listed>;
