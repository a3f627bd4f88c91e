import { describe, expect, test } from '@jest/globals';
import { parseArguments } from '../../../src/config/arguments.ts';
import { InputFaults } from '../../../src/failure.ts';
import { parseConfig } from '../../../src/config/parse.ts';
import { WORKSPACE } from './inputs.ts';
import { INPUT_NAMES, inputDefinition } from '../../../src/config/inputs.ts';
import { type Operation, OPERATIONS } from '../../../src/config/operations.ts';

function input(...words: string[]) {
  const parsed = parseArguments(words);
  if ('help' in parsed) throw new Error('only help was asked for');
  return parsed.input;
}

function faultsOf(act: () => unknown): string[] {
  try {
    act();
    return [];
  } catch (error) {
    if (!(error instanceof InputFaults)) throw error;
    return error.faults.map(({ message }) => message);
  }
}

function help(...words: string[]): string {
  const parsed = parseArguments(words);
  return 'help' in parsed ? parsed.help : '';
}

describe('the words of a command line', () => {
  test('operation, endpoint and flags, in any order', () => {
    const read = input(
      '--timeout=5m',
      'update',
      'iris',
      '--set',
      'tags.a=1',
      '--traffic',
      'blue=100',
      '--set',
      'tags.b=2',
    );
    expect(read('operation')).toBe('update');
    expect(read('endpoint')).toBe('iris');
    expect(read('timeout')).toBe('5m');
    expect(read('traffic')).toBe('blue=100');
    expect(read('set')).toBe('tags.a=1\ntags.b=2');
    expect(read('confirm')).toBe('');
  });

  test('flags whose inputs list several may be repeated', () => {
    const read = input(
      'plan',
      '--endpoint=iris',
      '--endpoint',
      'rose',
      '--deployments=a.yml',
      '--deployments',
      'b*.yml',
    );
    const config = parseConfig((name) => WORKSPACE[name] ?? read(name), {}).config;
    expect(config).toMatchObject({ request: { select: ['iris', 'rose'] }, deployments: ['a.yml', 'b*.yml'] });
  });

  test('all that is wrong with values is told at once', () => {
    const words = ['delete', 'iris', '--deployment', '', '--key=', '--timeout=1m', '--timeout=2m'];
    expect(faultsOf(() => parseArguments(words))).toHaveLength(3);
  });

  test('an empty confirmation is none', () => {
    expect(input('delete', 'iris', '--confirm', '')('confirm')).toBe('');
  });

  test('a switch needs no value', () => {
    expect(input('plan', '--fail-on-drift')('fail-on-drift')).toBe('true');
    expect(input('plan')('fail-on-drift')).toBe('');
  });

  test.each([
    ['true', ['--prune=true']],
    ['true', ['--prune=TRUE']],
    ['false', ['--prune=false']],
    ['false', ['--prune', '--prune=false']],
    ['true', ['--prune=false', '--prune']],
  ])('a switch is %s after %j', (value, words) => {
    const read = input('apply', ...words, 'iris');
    expect(read('prune')).toBe(value);
    expect(read('endpoint')).toBe('iris');
  });

  test('an endpoint may be called true', () => {
    expect(input('apply', 'true', '--prune')('endpoint')).toBe('true');
  });

  test('what follows -- is no switch', () => {
    expect(() => input('apply', '--', '--prune=true', 'x')).toThrow('unexpected argument "x"');
  });

  test.each([
    [['upate', 'iris'], 'unknown operation upate; did you mean update?'],
    [['xyzzy'], 'unknown operation xyzzy; see --help'],
    [['update', '--timout', '5m'], 'unknown flag --timout; did you mean --timeout?'],
    [['update', '--timout=5m'], 'unknown flag --timout; did you mean --timeout?'],
    [['update', '--qqqqqqqq'], 'unknown flag --qqqqqqqq; see --help'],
    [['update', 'iris', 'rose'], 'unexpected argument "rose"; see --help'],
    [['apply', '--prune', 'true'], 'write --prune=true; see --help'],
    [['apply', 'iris', '--prune', 'False', '--timeout', '5m'], 'write --prune=False; see --help'],
    [['apply', '--prune=yes'], '--prune is "yes"; allowed: true, false; see --help'],
    [['apply', '--prune='], '--prune is ""; allowed: true, false; see --help'],
    [['update', 'iris', '--endpoint', 'rose'], 'the endpoint is given twice: iris and --endpoint'],
    [['update', '--timeout', '5m', '--timeout=1h'], '--timeout is given twice; see --help'],
    [['logs', 'iris', '--deployment', 'blue', '--deployment', 'green'], '--deployment is given twice; see --help'],
    [['delete', 'iris', '--deployment', ''], 'input deployment is missing: its value is empty; give one, or leave'],
    [['delete', 'iris', '--deployment= '], 'leave --deployment out'],
    [['plan', ''], 'input endpoint is missing: '],
    [['plan', '--endpoint', ''], 'input endpoint is missing: '],
    [['invoke', 'iris', '--path='], 'input path is missing: its value is empty; give one, or leave --path out'],
    [['rollout', 'iris', '--until', ''], 'input until is missing: '],
    [['update', 'iris', '--set', 'tags.a=b', '--set', ''], 'input set is missing: '],
  ])('%j', (words, message) => {
    expect(() => parseArguments(words)).toThrow(message);
  });

  test.each([
    ['update', '--timeout'],
    ['update', '--operation', 'x'],
    ['plan', '--fail-on-drift=maybe'],
    ['update', '-x'],
  ])('%s %s is refused and leads to the help', (...words) => {
    expect(() => parseArguments(words)).toThrow(/--help|did you mean/);
  });
});

describe('--help', () => {
  test.each(Object.keys(OPERATIONS) as Operation[])('of %s says how many endpoints it takes', (operation) => {
    const takes = (endpoint: string): boolean => {
      const raw = (name: string): string => ({ operation, endpoint })[name] ?? '';
      const faults = faultsOf(() => parseConfig(raw, {}));
      return !faults.some((fault) => fault.startsWith('input endpoint'));
    };
    const text = help(operation, '--help').replaceAll(/\s+/g, ' ');
    expect([text.includes('globs such as'), text.includes('exactly one')]).toEqual([takes('iris-*'), !takes('iris-*')]);
    expect(text.includes(`Usage: node dist/index.js ${operation} [ENDPOINT]`)).toBe(takes(''));
  });

  test.each(['invoke', 'deploy', 'logs', 'delete'])('of %s speaks of no other operation', (operation) => {
    const text = help(operation, '--help');
    const [, flags = ''] = text.split('Flags:');
    const others = ['invoke', 'deploy', 'logs', 'delete', 'update', 'apply'].filter((other) => other !== operation);
    for (const other of others) expect(flags).not.toMatch(new RegExp(`\\bfor ${other}\\b`));
  });

  test('names every operation and every flag', () => {
    const text = help('--help');
    for (const operation of Object.keys(OPERATIONS)) expect(text).toContain(`  ${operation} `);
    for (const name of INPUT_NAMES.filter((each) => each !== 'operation')) expect(text).toContain(`--${name}`);
  });

  test.each(Object.keys(OPERATIONS) as Operation[])(
    'of %s names the flags that it reads, and no other',
    (operation) => {
      const text = help(operation, '-h');
      for (const name of INPUT_NAMES.filter((each) => each !== 'operation')) {
        const shown = new RegExp(`^  --${name}( |\\[|$)`, 'm').test(text);
        expect([name, shown]).toEqual([name, inputDefinition(name).operations.includes(operation)]);
      }
    },
  );

  test('fits a terminal', () => {
    for (const line of help('--help').split('\n')) expect(line.length).toBeLessThanOrEqual(102);
  });

  test('is given for an operation that does not exist too', () => {
    expect(help('nonsense', '--help')).toBe(help('--help'));
  });
});
