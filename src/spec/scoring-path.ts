import type { TextForm } from './schema.ts';

const CHARACTER = `[A-Za-z0-9._~!$&'()*+,;=:@-]`;
/** No dot, slash, backslash or control character: a server on the way may take it for what it stands for. */
const ENCODED = '%(?!2[EeFf]|5[Cc]|[01]|7[Ff])[0-9A-Fa-f]{2}';
const SEGMENT = `(?!\\.\\.?(?:[/?]|$))(?:${CHARACTER}|${ENCODED})+`;
const QUERY = `(?:${CHARACTER}|[/?]|%[0-9A-Fa-f]{2})*`;

/**
 * What a custom container serves in the place of `/score`, with a query or without. All that it takes is sent as it stands:
 * nothing in it could name another host, leave the endpoint's part of the URL, or be rewritten on the way.
 * Source: RFC 3986, section 3.3 and 3.4, without empty segments and dot segments.
 */
export const SCORING_PATH: TextForm = {
  words: 'a path such as /v1/models/iris:predict, without a host, spaces, "#", "//" or ".."',
  pattern: new RegExp(`^/(?:${SEGMENT}(?:/${SEGMENT})*/?)?(?:\\?${QUERY})?$`),
};
