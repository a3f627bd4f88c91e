import { describe, expect, test } from '@jest/globals';
import type { Position, Report } from '../../../src/deps.ts';
import { Failure, InputFaults } from '../../../src/failure.ts';
import { reasonOf, reportProblem } from '../../../src/report/problem.ts';

function recorder() {
  const errors: { message: string; at: Partial<Position> | undefined }[] = [];
  const debug: string[] = [];
  const nothing = (): void => {};
  const report: Report = {
    mask: nothing,
    clean: (text) => text,
    info: nothing,
    foreign: nothing,
    draft: async () => {},
    notice: nothing,
    warning: nothing,
    debug: (message) => debug.push(message),
    error: (message, at) => errors.push({ message, at }),
  };
  return { report, errors, debug };
}

describe('reportProblem', () => {
  test('tells every fault at its place', () => {
    const { report, errors } = recorder();
    const faults = [
      { file: 'endpoints/a.yml', line: 2, column: 1, message: 'unknown key trafic' },
      { message: 'input timeout is "1"' },
    ];
    expect(reportProblem(new InputFaults(faults), report)).toBe(2);
    expect(errors).toEqual([
      { message: 'unknown key trafic', at: { file: 'endpoints/a.yml', line: 2, column: 1 } },
      { message: 'input timeout is "1"', at: {} },
    ]);
  });

  test('tells a failure in its five parts', () => {
    const { report, errors } = recorder();
    const failure = new Failure('the identity may not write', {
      code: 'AuthorizationFailed',
      request: 'PUT onlineEndpoints/iris',
      requestId: 'c0ffee',
      nextStep: 'Grant it the role.',
    });
    expect(reportProblem(failure, report)).toBe(1);
    expect(errors[0]!.message.split('\n')).toEqual([
      'the identity may not write',
      '  code: AuthorizationFailed',
      '  request: PUT onlineEndpoints/iris',
      '  request id: c0ffee',
      '  next step: Grant it the role.',
    ]);
  });

  test('keeps the exit code of a cancelled run', () => {
    expect(reportProblem(new Failure('cancelled', { exitCode: 130 }), recorder().report)).toBe(130);
  });

  test('admits a fault of its own, with the stack only for debugging', () => {
    const { report, errors, debug } = recorder();
    expect(reportProblem(new TypeError('x is undefined'), report)).toBe(1);
    expect(errors[0]!.message).toContain('unexpected: x is undefined');
    expect(errors[0]!.message).not.toContain('problem.test.ts');
    expect(debug.join()).toContain('problem.test.ts');
  });
});

describe('reasonOf', () => {
  test.each([
    [new InputFaults([{ file: 'a.yml', line: 1, column: 2, message: 'bad' }]), 'a.yml:1:2: bad'],
    [new InputFaults([{ message: 'bad' }, { message: 'worse' }]), 'bad (and 1 more)'],
    [new Failure('two\nlines', { code: 'Conflict' }), 'two lines (Conflict)'],
    [new Error('plain'), 'plain'],
    ['thrown text', 'thrown text'],
  ])('says %# in one line', (error, reason) => {
    expect(reasonOf(error)).toBe(reason);
  });
});
