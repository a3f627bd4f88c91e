import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import { cancelOnSignals } from '../../src/signals.ts';

test.each([
  [['SIGINT'], []],
  [['SIGTERM'], []],
  [['SIGINT', 'SIGINT'], [130]],
  [['SIGINT', 'SIGTERM'], []],
  [['SIGINT', 7_500, 'SIGTERM'], [130]],
  [['SIGTERM', 1_000, 'SIGTERM', 1_500, 'SIGTERM'], [130]],
])('%j exits with %j', (events, expected) => {
  let time = 1_000_000;
  const exits: unknown[] = [];
  const process = Object.assign(new EventEmitter(), { exit: (code: unknown) => exits.push(code) as never });
  const signal = cancelOnSignals(process, undefined, () => time);
  for (const event of events) {
    if (typeof event === 'number') time += event;
    else process.emit(event);
  }
  expect(exits).toEqual(expected);
  expect(signal.aborted).toBe(true);
});
