import type { Json, JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { byCodePoint } from './order.ts';

/**
 * Writes YAML as Python's PyYAML 6 does with sorted keys in block style. azure-ai-ml names an environment by the hash of that
 * text, so every space counts. Two things differ, and cost no more than the reuse of what the SDK registered: a number is
 * JSON's (`3.0` is `3`), and a key with a line break or of 128 letters stays a plain one.
 * Source: PyYAML `emitter.py`, `resolver.py`, `representer.py`.
 */
export function pythonYaml(value: JsonObject): string {
  if (Object.keys(value).length === 0) return '{}\n';
  return mapping(value, 0);
}

const WIDTH = 80;

function mapping(map: JsonObject, indent: number): string {
  const keys = Object.keys(map).toSorted(byCodePoint);
  return keys.map((key) => ' '.repeat(indent) + entry(key, map[key] ?? null, indent)).join('');
}

function entry(key: string, value: Json, indent: number): string {
  const name = scalar(key, 0, 0, false).trimStart();
  if (isList(value) && value.length > 0) return `${name}:\n${sequence(value, indent)}`;
  if (isObject(value) && Object.keys(value).length > 0) return `${name}:\n${mapping(value, indent + 2)}`;
  return `${name}:${leaf(value, indent + name.length + 1, indent + 2)}\n`;
}

function sequence(items: readonly Json[], indent: number): string {
  return items.map((item) => ' '.repeat(indent) + element(item, indent)).join('');
}

/** A list or map within a list begins on the line of its hyphen. */
function element(item: Json, indent: number): string {
  const isNested = (isList(item) && item.length > 0) || (isObject(item) && Object.keys(item).length > 0);
  if (!isNested) return `-${leaf(item, indent + 1, indent + 2)}\n`;
  const inner = isList(item) ? sequence(item, indent + 2) : mapping(item, indent + 2);
  return `- ${inner.slice(indent + 2)}`;
}

/** Anything without entries, with the space before it. @param column where it begins @param indent of its further lines */
function leaf(value: Json, column: number, indent: number): string {
  if (isList(value)) return ' []';
  if (isObject(value)) return ' {}';
  if (typeof value === 'string') return scalar(value, column, indent, true);
  return ` ${String(value)}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** @param isValue whether it may be folded: a key may not */
function scalar(text: string, column: number, indent: number, isValue: boolean): string {
  const breaks = text.includes('\n');
  if (needsEscapes(text)) return doubleQuoted(text, column, indent, isValue);
  if (text !== '' && !breaks && isPlain(text)) return ` ${folded(text, column + 1, isValue ? indent : undefined)}`;
  if (/\n /.test(text) || (breaks && !isValue)) return doubleQuoted(text, column, indent, isValue);
  return singleQuoted(text, column, isValue ? indent : undefined);
}

/** What only double quotes can hold: control characters, anything beyond ASCII, and a space before a line break. */
function needsEscapes(text: string): boolean {
  return /[^\n\x20-\x7E]/.test(text) || / \n/.test(text);
}

function isPlain(text: string): boolean {
  return !(
    /^ | $/.test(text) ||
    /^(?:---|\.\.\.)/.test(text) ||
    /^[#,[\]{}&*!|>'"%@`]/.test(text) ||
    /^[?:-](?: |$)/.test(text) ||
    /:(?: |$)/.test(text) ||
    / #/.test(text) ||
    readsAsOther(text)
  );
}

/** Texts that YAML 1.1 would read back as something else. */
const OTHERS = [
  /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/,
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/,
  /^(?:<<|=|~|null|Null|NULL)$/,
  /^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)$/,
];

function readsAsOther(text: string): boolean {
  return OTHERS.some((pattern) => pattern.test(text));
}

/** A single space beyond the width becomes a line break. @param indent of further lines; without one nothing is folded */
function folded(text: string, column: number, indent: number | undefined): string {
  if (indent === undefined) return text;
  let out = '';
  let at = column;
  for (const [piece] of text.matchAll(/ +|[^ ]+/g)) {
    if (piece === ' ' && at > WIDTH) {
      out += `\n${' '.repeat(indent)}`;
      at = indent;
    } else {
      out += piece;
      at += piece.length;
    }
  }
  return out;
}

/** Line breaks are doubled; spaces at either end are never folded. */
function singleQuoted(text: string, column: number, indent: number | undefined): string {
  let out = " '";
  let at = column + 2;
  const pieces = [...text.matchAll(/ +|\n+|[^ \n]+/g)].map(([piece]) => piece);
  for (const [index, piece] of pieces.entries()) {
    const isInner = index > 0 && index < pieces.length - 1;
    if (piece.startsWith('\n') || (piece === ' ' && isInner && at > WIDTH && indent !== undefined)) {
      out += `${piece.startsWith('\n') ? `\n${piece}` : '\n'}${' '.repeat(indent ?? 0)}`;
      at = indent ?? 0;
    } else {
      const quoted = piece.replaceAll("'", "''");
      out += quoted;
      at += quoted.length;
    }
  }
  return `${out}'`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1B': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\xA0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

function doubleQuoted(text: string, column: number, indent: number, mayFold: boolean): string {
  const characters = Array.from(text);
  let out = ' "';
  let at = column + 2;
  /** What is not written yet: runs of plain characters are broken only at a space or behind an escape. */
  let run = '';
  let afterEscape = false;
  for (let index = 0; index <= characters.length; index += 1) {
    const character = characters[index];
    const isEscaped = character !== undefined && !/^[\x20\x21\x23-\x5B\x5D-\x7E]$/.test(character);
    if (character === undefined || isEscaped) {
      out += run;
      at += run.length;
      run = '';
    }
    const escape = isEscaped ? escaped(character) : '';
    out += escape;
    at += escape.length;
    const isInner = index > 0 && index < characters.length - 1;
    const mayBreak = character === ' ' || isEscaped || afterEscape;
    if (mayFold && isInner && mayBreak && at + (isEscaped ? -1 : run.length) > WIDTH) {
      const next = isEscaped ? characters[index + 1] : character;
      out += `${run}\\\n${' '.repeat(indent)}${next === ' ' ? '\\' : ''}`;
      at = indent + (next === ' ' ? 1 : 0);
      run = '';
    }
    if (character !== undefined && !isEscaped) run += character;
    afterEscape = isEscaped;
  }
  return `${out}"`;
}

function escaped(character: string): string {
  const short = ESCAPES[character];
  if (short !== undefined) return `\\${short}`;
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}
