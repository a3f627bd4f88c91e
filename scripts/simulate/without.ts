import { registerHooks } from 'node:module';
import type * as rollouts from './rollouts.ts';

/** The guards of the judge against bursts of errors: what stands in the code, and what takes its place without them. */
export const GUARDS: Readonly<Record<string, Guard>> = {
  f: { file: 'src/rollout/judge/burst.ts', code: 'errors > counted ? counted / errors : 1', instead: '1' },
  'the cut': { file: 'src/rollout/judge/evidence.ts', code: 'Math.min(told, MOST_OF_A_MINUTE)', instead: 'told' },
};

interface Guard {
  readonly file: string;
  readonly code: string;
  readonly instead: string;
}

/** A part of the URL of each module that is loaded once more, without guards. */
const MARK = '?without=';

/** The simulation over a judge from whose code these guards were taken out. */
export async function rollOutWithout(guards: readonly string[]): Promise<typeof rollouts.rollOut> {
  const query = MARK + encodeURIComponent(guards.join(';'));
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      const isOurs = context.parentURL?.endsWith(query) && found.url.startsWith('file:');
      return isOurs && !found.url.endsWith(query) ? { ...found, url: found.url + query } : found;
    },
    load(url, context, next) {
      const loaded = next(url, context);
      if (!url.endsWith(query)) return loaded;
      return {
        ...loaded,
        source: guards.reduce((text, name) => taken(text, GUARDS[name]!, url), textOf(loaded.source)),
      };
    },
  });
  try {
    const { rollOut } = (await import(`./rollouts.ts${query}`)) as typeof rollouts;
    return rollOut;
  } finally {
    hooks.deregister();
  }
}

function taken(text: string, { file, code, instead }: Guard, url: string): string {
  if (!url.slice(0, url.indexOf(MARK)).endsWith(`/${file}`)) return text;
  if (!text.includes(code)) throw new Error(`${file} does not hold "${code}" any more`);
  return text.replace(code, () => instead);
}

function textOf(source: unknown): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source as Uint8Array);
}
