import { describe, expect, test } from '@jest/globals';
import { withoutRepeats } from '../../../src/report/repeats.ts';

const probe = (kind: string, second: number): string =>
  `Kind: Pod, Name: ${kind}ProbeFailed, Type: Warning, Time: 2024-09-18T04:37:${second}.13373Z, Message: ${kind} probe failed: HTTP probe failed with statuscode: 502`;

describe('lines that say again what was just said', () => {
  test('probes of two kinds that take turns', () => {
    const seconds = Array.from({ length: 20 }, (_, index) => index + 10);
    const lines = seconds.flatMap((second) => [probe('Liveness', second), probe('Readiness', second)]);
    expect(withoutRepeats(['Container events:', ...lines, 'the end'])).toEqual([
      'Container events:',
      probe('Liveness', 10),
      '… 19 lines like this',
      probe('Readiness', 10),
      '… 19 lines like this',
      'the end',
    ]);
  });

  test.each([
    [
      'gunicorn',
      (n: number) => `127.0.0.1 - - [18/Sep/2024:04:37:${10 + n} +0000] "GET / HTTP/1.0" 200 7 "-" "kube-probe"`,
    ],
    [
      'the inference server',
      (n: number) => `2024-09-18 04:37:${10 + n},1${n} I [6${n}] azmlinfsrv - GET / 200 0.${n}ms 7`,
    ],
    ['anything with a time', (n: number) => `2024-09-18T04:37:${10 + n}.1Z waiting for the model`],
  ])('of %s', (_, line) => {
    expect(withoutRepeats([1, 2, 3, 4].map(line))).toEqual([line(1), '… 3 lines like this']);
  });

  test('nothing is lost of what differs', () => {
    const lines = ['epoch 1 loss 0.4', 'epoch 2 loss 0.3', 'epoch 3 loss 0.2', 'epoch 4 loss 0.1'];
    expect(withoutRepeats(lines)).toEqual(lines);
  });

  test('a line that comes twice is shown twice', () => {
    expect(withoutRepeats(['same', 'same'])).toEqual(['same', 'same']);
  });

  test('indented lines and empty ones stay', () => {
    const lines = [
      '  File "x.py", line 1',
      '  File "x.py", line 1',
      '  File "x.py", line 1',
      '',
      '',
      '',
      '    ^^^',
      '    ^^^',
      '    ^^^',
    ];
    expect(withoutRepeats(lines)).toEqual(lines);
  });

  test('one that comes again much later is shown again', () => {
    const others = ['a', 'b', 'c', 'd', 'e'];
    expect(withoutRepeats(['x', ...others, 'x', 'y', 'x'])).toEqual(['x', ...others, 'x', 'x', 'y']);
  });
});
