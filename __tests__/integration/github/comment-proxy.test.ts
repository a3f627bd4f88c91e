import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Azure, startAzure } from '../../support/azure.ts';
import { type ConnectProxy, startConnectProxy } from '../../support/connect-proxy.ts';

let azure: Azure;
let proxy: ConnectProxy;
beforeEach(async () => {
  azure = await startAzure();
  proxy = await startConnectProxy();
  process.env['HTTPS_PROXY'] = proxy.url;
});
afterEach(async () => {
  delete process.env['HTTPS_PROXY'];
  await proxy.close();
  await azure.close();
});

// The toolkit looks for a proxy when it is loaded, and for none to this machine: so the address of GitHub is that of the run
// alone, and this has a file of its own.
test('the comment of a plan goes through HTTPS_PROXY, and where nobody answers it says so', async () => {
  const { putComment } = await import('../../../src/github/comment.ts');
  const pullRequest = { owner: 'octo-org', repo: 'octo-repo', number: 7 };
  const put = (signal: AbortSignal) =>
    putComment(
      pullRequest,
      { marker: 'plan', body: 'a plan' },
      { token: 'a-token-of-github', apiUrl: azure.url, signal },
    );
  const { signal } = new AbortController();
  await expect(put(signal)).resolves.toBe('created');
  expect(new Set(proxy.tunnels)).toEqual(new Set([new URL(azure.url).host]));
  azure.fault({ match: { path: '/comments' }, then: { reset: true } });
  await expect(put(signal)).rejects.toThrow(
    /^no response from 127\.0\.0\.1:\d+ to the comment on pull request 7 \(\w+\)$/,
  );
  azure.fault({ match: { path: '/comments' }, then: { hang: true } });
  await expect(put(AbortSignal.timeout(200))).rejects.toThrow('timeout');
});
