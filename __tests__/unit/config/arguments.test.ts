import { describe, expect, test } from '@jest/globals';
import { parseArguments } from '../../../src/config/arguments.ts';
import { INPUT_NAMES, inputDefinition } from '../../../src/config/inputs.ts';
import { type Operation, OPERATIONS } from '../../../src/config/operations.ts';

function input(...words: string[]) {
  const parsed = parseArguments(words);
  if ('help' in parsed) throw new Error('only help was asked for');
  return parsed.input;
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

  test('a switch needs no value', () => {
    expect(input('plan', '--fail-on-drift')('fail-on-drift')).toBe('true');
    expect(input('plan')('fail-on-drift')).toBe('');
  });

  test.each([
    [['upate', 'iris'], 'unknown operation upate; did you mean update?'],
    [['xyzzy'], 'unknown operation xyzzy; see --help'],
    [['update', '--timout', '5m'], 'unknown flag --timout; did you mean --timeout?'],
    [['update', '--timout=5m'], 'unknown flag --timout; did you mean --timeout?'],
    [['update', '--qqqqqqqq'], 'unknown flag --qqqqqqqq; see --help'],
    [['update', 'iris', 'rose'], 'unexpected argument "rose"; see --help'],
    [['update', 'iris', '--endpoint', 'rose'], 'the endpoint is given twice: iris and --endpoint'],
  ])('%j', (words, message) => {
    expect(() => parseArguments(words)).toThrow(message);
  });

  test.each([
    ['update', '--timeout'],
    ['update', '--operation', 'x'],
    ['plan', '--fail-on-drift=true'],
    ['update', '-x'],
  ])('%s %s is refused and leads to the help', (...words) => {
    expect(() => parseArguments(words)).toThrow(/--help|did you mean/);
  });
});

describe('--help', () => {
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
        const shown = new RegExp(`^  --${name}( |$)`, 'm').test(text);
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
