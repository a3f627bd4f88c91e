import { Composer, type Document, Lexer, Parser, type YAMLParseError } from 'yaml';

type Token = Parser['stack'][number];

/** What stops a text from being one YAML document, and the offset where it does. */
export interface SyntaxFault {
  readonly offset: number;
  readonly message: string;
}

/** Deeper than any endpoint, and shallow enough for a recursive walk. Counted in open tokens of the parser. */
const DEEPEST = 100;
const LONGEST_MESSAGE = 120;

/**
 * Composes the one YAML 1.2 document of a text, with every scalar left as text. Only the first fault is told: those
 * after it are most often its consequences.
 */
export function composeDocument(text: string): Document.Parsed | SyntaxFault {
  const tokens = tokenise(text);
  if ('message' in tokens) return tokens;
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
  const [document, second] = composer.compose(tokens, true, text.length);
  const error = document?.errors[0];
  if (error) return { offset: error.pos[0], message: inPlainWords(error) };
  if (second) return { offset: second.range[0], message: 'a second document starts here; a file holds one' };
  return document as Document.Parsed;
}

/** The parser keeps its own stack, the composer recurses: depth is bounded between the two. */
function tokenise(text: string): Token[] | SyntaxFault {
  const parser = new Parser();
  const tokens: Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length > DEEPEST) return { offset: parser.offset, message: 'is nested too deeply' };
  }
  tokens.push(...parser.end());
  return tokens;
}

/** The library speaks to those who know the grammar; these are the faults that people make. */
const PLAIN_WORDS: readonly (readonly [code: string, said: RegExp, words: string])[] = [
  ['TAB_AS_INDENT', /^/, 'a tab indents this line; YAML allows only spaces'],
  [
    'BLOCK_AS_IMPLICIT_KEY',
    /^/,
    'two keys on one line; indent the second on its own line, or quote a value that holds ": "',
  ],
  ['MULTILINE_IMPLICIT_KEY', /^/, 'a key must be on one line, with ": " after it'],
  ['BAD_INDENT', /^Flow/, 'a [ or { above is not closed'],
  ['BAD_INDENT', /^/, 'the indentation does not fit the lines above'],
  ['BAD_SCALAR_START', /^/, 'a value cannot start with this character; quote it'],
  ['BAD_DQ_ESCAPE', /^/, 'invalid escape in a double-quoted value; write \\\\ for a backslash, or use single quotes'],
  ['MISSING_CHAR', /quote$/, 'a quote above is not closed'],
  ['MISSING_CHAR', /^Flow/, 'a [ or { above is not closed'],
  ['MISSING_CHAR', /^Implicit map keys/, 'a key without a value; write ": " after it'],
];

function inPlainWords(error: YAMLParseError): string {
  const known = PLAIN_WORDS.find(([code, said]) => code === error.code && said.test(error.message));
  const words = known?.[2] ?? error.message.replace(/[\uDC00\uDC01]+/g, '{{...}}').slice(0, LONGEST_MESSAGE);
  return `not valid YAML: ${words}`;
}
