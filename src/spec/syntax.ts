import { Composer, type CST, type Document, isScalar, Lexer, Parser, type YAMLParseError } from 'yaml';

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
  const [document, ...others] = composer.compose(tokens, true, text.length);
  const error = document?.errors[0];
  if (error) return atItsCause(error, text, tokens) ?? { offset: error.pos[0], message: inPlainWords(error) };
  const second = others.find((each) => !isEmpty(each));
  if (second) return { offset: second.range[0], message: 'a second document starts here; a file holds one' };
  return document as Document.Parsed;
}

/** Such as the one that a `---` at the end of a file opens. */
function isEmpty({ contents, errors }: Document.Parsed): boolean {
  const isNothing = contents === null || (isScalar(contents) && contents.type === 'PLAIN' && contents.source === '');
  return isNothing && errors.length === 0;
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

const UNFIT = 'not valid YAML: the indentation does not fit the lines above';

/**
 * What the library finds wrong at one place and was done wrong at another: a bracket or a quote that is open to the end, and
 * a line that is indented too deeply, which goes on with the value before it.
 */
function atItsCause(error: YAMLParseError, text: string, tokens: readonly Token[]): SyntaxFault | undefined {
  const { code, message, pos } = error;
  const nested = tokens.flatMap((token) => [...within(token)]);
  if (/^Flow .*end with/.test(message)) {
    const open = nested.find((token) => token.type === 'flow-collection' && !isClosed(token));
    if (open?.type !== 'flow-collection') return undefined;
    return { offset: open.start.offset, message: `not valid YAML: this ${open.start.source} is not closed` };
  }
  if (code === 'MISSING_CHAR' && message.endsWith('quote')) {
    const open = nested.findLast((token) => token.type.endsWith('-quoted-scalar') && token.offset < pos[0]);
    return open && { offset: open.offset, message: 'not valid YAML: this quote is not closed' };
  }
  if (code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'MULTILINE_IMPLICIT_KEY') {
    const scalar = nested.find((token) => token.type === 'scalar' && token.offset >= pos[0]);
    const lastLine = scalar?.type === 'scalar' ? /\n[ \t]*(?=[^\n]*$)/.exec(scalar.source) : null;
    if (!scalar || !lastLine) return undefined;
    // Below each other they are two keys, of which the first has no colon.
    const isBelow = lastLine[0].length - 1 === scalar.offset - (text.lastIndexOf('\n', scalar.offset) + 1);
    return isBelow ? undefined : { offset: scalar.offset + lastLine.index + lastLine[0].length, message: UNFIT };
  }
  const startsLine = pos[0] > 0 && text[pos[0] - 1] === '\n';
  return startsLine && message.includes('at node end') ? { offset: pos[0], message: UNFIT } : undefined;
}

/** All that a token has in it, and then itself. */
function* within(token: CST.Token): Generator<CST.Token> {
  if ('items' in token) {
    for (const { key, value } of token.items) {
      if (key) yield* within(key);
      if (value) yield* within(value);
    }
  }
  if ('value' in token) yield* within(token.value);
  yield token;
}

function isClosed({ start, end }: CST.FlowCollection): boolean {
  return end[0]?.source === (start.source === '{' ? '}' : ']');
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
