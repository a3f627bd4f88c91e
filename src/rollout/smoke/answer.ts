import type { Json } from '../../json.ts';
import { isObject } from '../../json.ts';

/** What a deployment answered, as it is compared. */
export type Answer =
  | { readonly kind: 'json'; readonly value: Json }
  | { readonly kind: 'text'; readonly text: string }
  /** Known by its hash only. */
  | { readonly kind: 'binary'; readonly hash: string };

/**
 * Reads the text of an answer. Scoring scripts often return text that is itself JSON, and the server then writes that text
 * as a JSON string: what is meant is the JSON within.
 * @param hash of the text, for what is neither JSON nor text
 */
export function readAnswer(text: string, contentType: string | undefined, hash: (text: string) => string): Answer {
  const json = parseJson(text);
  if (json !== undefined) return { kind: 'json', value: within(json) };
  // What could not be decoded as text has replacement characters.
  const isBinary = /^(image|audio|video|application\/octet-stream)/i.test(contentType ?? '') || /[\0\uFFFD]/.test(text);
  return isBinary ? { kind: 'binary', hash: hash(text) } : { kind: 'text', text };
}

function within(value: Json): Json {
  if (typeof value !== 'string') return value;
  const inner = parseJson(value);
  return isObject(inner) || Array.isArray(inner) ? inner : value;
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
