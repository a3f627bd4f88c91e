import { jest } from '@jest/globals';

/** Gives up a silent connection after milliseconds instead of a minute, until `restore` is called on what it returns. */
export function hastyHttp(milliseconds: number): { mockRestore(): void } {
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  return jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(milliseconds));
}
