import type { Env } from '../deps.ts';
import { clipped } from './tree.ts';

/** One `${{ env.NAME }}` or `{{NAME}}` as it stands in a text. */
export interface Placeholder {
  readonly offset: number;
  /** As written. */
  readonly shown: string;
}

// The length is bounded so that a file full of braces is read in linear time. No double quote belongs inside, so braces
// that end a scalar and those that end a flow map behind it stay apart: `{tags: {a: "{{"}}`. What begins with azureml://
// is Azure's own: it puts the secret of a connection there (Microsoft Learn, "Access secrets from online deployment using
// secret injection").
export const PLACEHOLDER = /\$?\{\{(?!\{|azureml:\/\/)[^\r\n"]{0,250}?\}\}/g;
/** The two forms, as a whole. */
export const PLACEHOLDER_FORMS = /^(?:\$\{\{\s*env\.([A-Za-z_]\w*)\s*\}\}|\{\{\s*([A-Za-z_]\w*)\s*\}\})$/;
const FORBIDDEN = /^(?:AZURE_CLIENT_SECRET|GITHUB_TOKEN|GH_TOKEN|(?:ACTIONS|INPUT)_.*)$/i;

// Lone surrogates: no decoded text holds one, so what stands for a placeholder cannot be mistaken for text.
const FIRST = '\uDC01';
const REST = '\uDC00';
const MASK = /\uDC01\uDC00*/g;

/**
 * Puts a word of the same length in the place of each placeholder, so that a parser sees a scalar there, every column
 * stays true, and no value can change the structure. A literal `{{` is written `"\x7b{"` in a double-quoted scalar.
 */
export function maskPlaceholders(text: string): { masked: string; placeholders: Placeholder[] } {
  const placeholders: Placeholder[] = [];
  const masked = text.replace(PLACEHOLDER, (shown, offset: number) => {
    placeholders.push({ offset, shown });
    return FIRST + REST.repeat(shown.length - 1);
  });
  return { masked, placeholders };
}

/** How many masked placeholders a parsed scalar holds. */
export function countMasks(text: string): number {
  return text.match(MASK)?.length ?? 0;
}

/** Whether a parsed scalar is nothing but one masked placeholder. */
export function isOneMask(text: string): boolean {
  return countMasks(text) === 1 && text.replace(MASK, '') === '';
}

/** Puts `values`, in their order, in the place of the masked placeholders of a parsed scalar. */
export function fillMasks(text: string, values: readonly string[]): string {
  let next = 0;
  return text.replace(MASK, () => values[next++] ?? '');
}

/**
 * The value of a placeholder, or why it has none. The text of a fault names the variable, never a value.
 * Variables that hold credentials of the job cannot be named.
 */
export function lookUp(shown: string, env: Env): { readonly value: string } | { readonly fault: string } {
  const [, long, short] = PLACEHOLDER_FORMS.exec(shown) ?? [];
  const name = long ?? short;
  if (name === undefined) {
    return { fault: `${clipped(shown)} is not a placeholder; the forms are \${{ env.NAME }} and {{NAME}}` };
  }
  if (FORBIDDEN.test(name)) return { fault: `${shown} may hold a credential and cannot be used in a file` };
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  if (value === undefined) return { fault: `the environment variable ${name} is not set; ${shown} needs it` };
  return { value };
}
