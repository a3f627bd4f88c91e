import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, jest, test } from '@jest/globals';
import { plainHttp } from '../../../src/http/http.ts';
import { score } from '../../../src/azure/scoring.ts';
import { fakeWorkspace } from './workspace.ts';

const request = { token: 'a-key', body: Buffer.from('{}'), contentType: 'application/json', expectStatus: 200 };

afterEach(() => {
  jest.useRealTimers();
});

test('an endpoint of a cluster without TLS is asked over http', async () => {
  const server = createServer((_, response) => response.end('fine')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/endpoint/iris/score`;
  try {
    expect(await score({ ...fakeWorkspace([]), http: plainHttp('test') }, { ...request, url })).toMatchObject({
      text: 'fine',
    });
  } finally {
    server.close();
  }
});

test('nothing but a scoring request goes over http', async () => {
  const get = plainHttp('test')(
    { method: 'GET', url: 'http://127.0.0.1:1/', label: 'GET' },
    AbortSignal.timeout(5_000),
  );
  await expect(get).rejects.toThrow(/allowInsecureConnection/);
});

test('a model that thinks for long is waited for with a line now and then', async () => {
  jest.useFakeTimers();
  const workspace = fakeWorkspace([]);
  let answer = (): void => {};
  const slow = () =>
    new Promise<{ status: number; text: string; header: () => undefined }>((resolve) => {
      answer = () => resolve({ status: 200, text: 'at last', header: () => undefined });
    });
  const scored = score({ ...workspace, http: slow }, { ...request, url: 'https://x/score' });
  await jest.advanceTimersByTimeAsync(31_000);
  answer();
  expect((await scored).text).toBe('at last');
  await jest.advanceTimersByTimeAsync(60_000);
  expect(workspace.deps.report.texts()).toEqual([
    'POST scoring URL: waiting for the answer (15 s)',
    'POST scoring URL: waiting for the answer (30 s)',
  ]);
});
