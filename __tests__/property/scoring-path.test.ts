import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { calledUrl } from '../../src/azure/scoring-url.ts';
import { SCORING_PATH } from '../../src/spec/scoring-path.ts';

const isTaken = (path: string): boolean => SCORING_PATH.pattern.test(path);

/** Pieces that URLs are tricked with, among harmless ones. */
const piece = fc.constantFrom(
  ...[
    '/',
    '//',
    '.',
    '..',
    '%2e',
    '%2E',
    '%2f',
    '%5C',
    '\\',
    '@',
    ':',
    '?',
    '#',
    '%',
    '%20',
    '%00',
    '%7f',
    '%C3%A9',
    '&',
    '=',
    ';',
  ],
  ...['https:', 'evil.example', 'v1', 'models', 'iris:predict', 'score', ' ', '\t', '\n', '\u0000', '\u2028', 'é', "'"],
);
const anyPath = fc.oneof(
  fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join('')}`),
  fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary' }),
);
const before = fc.constantFrom('', '/api/v1/endpoint/iris', '/score');
const origin = fc.constantFrom('https://iris.westeurope.inference.ml.azure.com', 'http://10.0.0.7:8080');

describe('a path that is taken', () => {
  test('is sent as it stands, to the same host, behind what names the endpoint', () => {
    fc.assert(
      fc.property(origin, before, anyPath.filter(isTaken), (host, prefix, path) => {
        // A browser's rule for queries (WHATWG URL) encodes the apostrophe and nothing else of what is taken.
        const [, own = '', query = ''] = /^([^?]*)(.*)$/.exec(path) ?? [];
        expect(calledUrl(`${host}${prefix}/score`, path)).toBe(`${host}${prefix}${own}${query.replaceAll("'", '%27')}`);
      }),
      { numRuns: 500 },
    );
  });

  test('has no dot segment however often it is decoded, and no character that a header could break at', () => {
    fc.assert(
      fc.property(anyPath.filter(isTaken), (path) => {
        expect(path).toMatch(/^\/[!-~]*$/);
        const [own = ''] = path.split('?');
        for (const text of [own, decodeURIComponent(own)])
          expect(text.split(/[/\\]/).filter((part) => part === '.' || part === '..')).toEqual([]);
        expect(own).not.toMatch(/\/\//);
        expect(decodeURIComponent(own)).not.toMatch(/\p{Cc}/u);
      }),
      { numRuns: 500 },
    );
  });
});

test('a path of ordinary segments is taken', () => {
  const segment = fc.stringMatching(/^[A-Za-z0-9_~:@-][A-Za-z0-9._~:@-]{0,20}$/);
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 5 }), fc.webQueryParameters(), (segments, query) => {
      expect(isTaken(`/${segments.join('/')}`)).toBe(true);
      expect(isTaken(`/${segments.join('/')}?${query}`)).toBe(true);
    }),
  );
});

test('the check takes no longer on a long path', () => {
  const started = performance.now();
  for (const path of [
    `/${'a'.repeat(1e5)} `,
    '/a'.repeat(1e5) + '//',
    `/${'%20'.repeat(1e5)}%`,
    `/?${'?/'.repeat(1e5)}#`,
  ])
    expect(isTaken(path)).toBe(false);
  expect(performance.now() - started).toBeLessThan(1_000);
});
