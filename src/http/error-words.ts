import { isObject, objectAt, textAt } from '../json.ts';

export interface ProblemWords {
  /** The service's own code, where it gave one. */
  readonly code: string | undefined;
  readonly message: string;
}

const LONGEST_TEXT = 300;

/**
 * What the body of a refusal says: `{error: {code, message, details, errors}}` from ARM, `{error, error_description}` from
 * Entra, `{code, message}` from operations, `{message}` from gateways, `{title, errors}` (RFC 9457), or plain text.
 * `undefined` where the body says nothing.
 */
export function problemWords(body: unknown): ProblemWords | undefined {
  if (typeof body === 'string') return plainWords(body);
  if (!isObject(body)) return undefined;
  if (typeof body['error'] === 'string') {
    return {
      code: body['error'],
      message: oneLine(textAt(body, 'error_description') ?? textAt(body, 'message') ?? ''),
    };
  }
  const error = isObject(body['error']) ? objectAt(body, 'error') : body;
  const code = textAt(error, 'code');
  const own = [textAt(error, 'message') ?? textAt(error, 'title'), textAt(error, 'detail')];
  const words = [...own, ...listed(error['details']), ...listed(error['errors'])];
  const message = [...new Set(words.filter((word) => word !== undefined).map(oneLine))].filter(Boolean).join(' · ');
  return code || message ? { code, message } : undefined;
}

/** Every code in the body of a refusal, the outermost first: what Azure means stands in the details as often as not. */
export function problemCodes(body: unknown): string[] {
  if (!isObject(body)) return [];
  const error = isObject(body['error']) ? body['error'] : body;
  const details = [error['details'], error['errors']].flatMap((list: unknown) =>
    Array.isArray(list) ? (list as unknown[]) : [],
  );
  return [textAt(error, 'code') ?? [], details.flatMap(problemCodes)].flat();
}

/** The words of a list of errors, or of `{field: [words]}`. */
function listed(errors: unknown): (string | undefined)[] {
  if (Array.isArray(errors)) return errors.map((each: unknown) => wordOf(each));
  if (!isObject(errors)) return [];
  return Object.entries(errors).flatMap(([field, value]) => {
    const each: unknown[] = Array.isArray(value) ? value : [value];
    return each
      .map((one) => wordOf(one))
      .filter((word) => word !== undefined)
      .map((word) => `${field}: ${word}`);
  });
}

function wordOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return isObject(value) ? textAt(value, 'message') : undefined;
}

/** A page for a browser holds no words for a log. */
function plainWords(text: string): ProblemWords | undefined {
  const words = oneLine(text);
  if (words === '' || words.startsWith('<')) return undefined;
  return { code: undefined, message: words.length > LONGEST_TEXT ? `${words.slice(0, LONGEST_TEXT)}…` : words };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
