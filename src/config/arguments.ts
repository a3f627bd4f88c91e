import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { type Fault, InputFaults } from '../failure.ts';
import { nearest } from '../spec/nearest.ts';
import { helpText } from './help.ts';
import { INPUT_NAMES, inputDefinition, type InputName, isInputName } from './inputs.ts';
import { isOperation, type Operation, OPERATIONS } from './operations.ts';
import type { RawInput } from './read.ts';

/** What the words of a command line ask for. */
export type Arguments = { readonly help: string } | { readonly input: RawInput };

const FLAGS = INPUT_NAMES.filter((name) => name !== 'operation');

/** Without one of these more is done than was meant, or something else: as with `--deployment "$UNSET"`. */
const NEVER_EMPTY: readonly InputName[] = [
  'endpoint',
  'endpoints-dir',
  'deployment',
  'deployments',
  'traffic',
  'mirror-traffic',
  'set',
  'path',
  'key',
  'policy',
  'until',
];

/**
 * Reads `OPERATION [ENDPOINT] [--flag value]…`.
 * @throws InputFaults for a flag or an operation that does not exist, and for values that say nothing or too much
 */
export function parseArguments(words: readonly string[]): Arguments {
  const { values, positionals } = parse(words);
  const [operation, endpoint, ...rest] = positionals;
  if (values['help'] === true) return { help: helpText(known(operation)) };
  if (operation !== undefined && !isOperation(operation))
    throw unknownWord('operation', operation, Object.keys(OPERATIONS));
  if (rest.length > 0) throw new InputFaults([{ message: `unexpected argument "${rest[0]}"; see --help` }]);
  if (endpoint !== undefined && values['endpoint'] !== undefined) {
    throw new InputFaults([{ message: `the endpoint is given twice: ${endpoint} and --endpoint` }]);
  }
  const given: Given = {
    ...values,
    ...(operation && { operation }),
    ...(endpoint !== undefined && { endpoint: [endpoint] }),
  };
  const faults = FLAGS.flatMap((name) => valueFaults(name, given[name]));
  if (faults.length > 0) throw new InputFaults(faults);
  return { input: (name) => asText(name, given[name]) };
}

type Given = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

function parse(words: readonly string[]): { values: Given; positionals: string[] } {
  const switches = readSwitches(words);
  const options: ParseArgsOptionsConfig = { help: { type: 'boolean', short: 'h' } };
  for (const name of FLAGS) {
    options[name] = isSwitch(name) ? { type: 'boolean' } : { type: 'string', multiple: true };
  }
  try {
    const { values, positionals } = parseArgs({ args: switches.others, options, allowPositionals: true, strict: true });
    return { values: { ...values, ...switches.values }, positionals };
  } catch (error) {
    throw flagFault(error, words);
  }
}

/** A switch may be written `--prune`, `--prune=true` or `--prune=false`; the last one counts. */
function readSwitches(words: readonly string[]): { values: Record<string, boolean>; others: string[] } {
  const values: Record<string, boolean> = {};
  const end = words.includes('--') ? words.indexOf('--') : words.length;
  const others = words.filter((word, index) => {
    const [, name, value] = /^--([\w-]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (index >= end || name === undefined || !isInputName(name) || !isSwitch(name)) return true;
    const next = words[index + 1] ?? '';
    const stray = value === undefined && isBoolean(next) ? next : undefined;
    if (stray !== undefined) throw switchFault(`write --${name}=${stray}`);
    if (value !== undefined && !isBoolean(value)) throw switchFault(`--${name} is "${value}"; allowed: true, false`);
    values[name] = value?.toLowerCase() !== 'false';
    return false;
  });
  return { values, others };
}

function isSwitch(name: InputName): boolean {
  return inputDefinition(name).placeholder === 'BOOLEAN';
}

function isBoolean(word: string): boolean {
  return /^(true|false)$/i.test(word);
}

function switchFault(message: string): InputFaults {
  return new InputFaults([{ message: `${message}; see --help` }]);
}

function flagFault(error: unknown, words: readonly string[]): InputFaults {
  const { code, message } = error as { code?: string; message: string };
  const unknown = words.find((word) => word.startsWith('--') && !isInputName(word.slice(2).split('=')[0]!));
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' && unknown) {
    return unknownWord(
      'flag',
      unknown.split('=')[0]!,
      FLAGS.map((name) => `--${name}`),
    );
  }
  return new InputFaults([{ message: `${message.split('\n')[0]!.split('. ')[0]}; see --help` }]);
}

function unknownWord(kind: string, word: string, allowed: readonly string[]): InputFaults {
  const near = nearest(
    word.replace(/^--/, ''),
    allowed.map((each) => each.replace(/^--/, '')),
  );
  const dashes = word.startsWith('--') ? '--' : '';
  return new InputFaults([
    { message: `unknown ${kind} ${word}; ${near ? `did you mean ${dashes}${near}?` : 'see --help'}` },
  ]);
}

function known(word: string | undefined): Operation | undefined {
  return word !== undefined && isOperation(word) ? word : undefined;
}

function separatorOf(name: InputName): string | undefined {
  return inputDefinition(name).separator;
}

/** The last of two values would silently win. */
function valueFaults(name: InputName, value: Given[string]): Fault[] {
  if (!Array.isArray(value)) return [];
  if (value.length > 1 && separatorOf(name) === undefined) return [{ message: `--${name} is given twice; see --help` }];
  const isEmpty = NEVER_EMPTY.includes(name) && value.some((each) => String(each).trim() === '');
  return isEmpty ? [{ message: `input ${name} is missing: its value is empty; give one, or leave --${name} out` }] : [];
}

function asText(name: InputName, value: Given[string] = ''): string {
  return Array.isArray(value) ? value.join(separatorOf(name)) : String(value);
}
