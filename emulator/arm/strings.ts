import { isObject } from '../http.ts';
import { BodyFault } from './body-fault.ts';

/** A map from strings to strings, as tags and property bags are. */
export function parseStrings(value: unknown, name: string): Record<string, string> {
  const map = value ?? {};
  if (!isObject(map)) throw new BodyFault(`${name} must be an object`);
  return Object.fromEntries(Object.entries(map).map(([key, text]) => [key, parseString(text, `${name}.${key}`)]));
}

export function parseString(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new BodyFault(`${name} must be a string`);
  return value;
}

/** One of a few words, in the spelling of `words` whatever the case of `value`. */
export function parseWord<Word extends string>(value: unknown, name: string, words: readonly Word[]): Word {
  const known = words.find((word) => word.toLowerCase() === String(value).replaceAll(' ', '').toLowerCase());
  if (known === undefined) throw new BodyFault(`${name} must be one of ${words.join(', ')}`);
  return known;
}
