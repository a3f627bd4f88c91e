import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { InputFaults } from '../failure.ts';
import { nearest } from '../spec/nearest.ts';
import { helpText } from './help.ts';
import { INPUT_NAMES, inputDefinition, isInputName } from './inputs.ts';
import { isOperation, type Operation, OPERATIONS } from './operations.ts';
import type { RawInput } from './read.ts';

/** What the words of a command line ask for. */
export type Arguments = { readonly help: string } | { readonly input: RawInput };

const FLAGS = INPUT_NAMES.filter((name) => name !== 'operation');

/**
 * Reads `OPERATION [ENDPOINT] [--flag value]…`.
 * @throws InputFaults for a flag or an operation that does not exist
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
  const given: Record<string, unknown> = { ...values, operation, endpoint: endpoint ?? values['endpoint'] };
  return { input: (name) => asText(given[name]) };
}

function parse(words: readonly string[]): { values: Record<string, unknown>; positionals: string[] } {
  const options: ParseArgsOptionsConfig = { help: { type: 'boolean', short: 'h' } };
  for (const name of FLAGS) {
    const isSwitch = inputDefinition(name).placeholder === 'BOOLEAN';
    options[name] = { type: isSwitch ? 'boolean' : 'string', multiple: name === 'set' };
  }
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw flagFault(error, words);
  }
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

function asText(value: unknown): string {
  if (Array.isArray(value)) return value.join('\n');
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
}
