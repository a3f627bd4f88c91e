import tls from 'node:tls';
import { expect, test } from '@jest/globals';
import { startAzure } from '../../support/azure.ts';

test('a certificate that nobody vouches for is told as such, and nothing is sent', async () => {
  const azure = await startAzure();
  tls.setDefaultCACertificates(tls.getCACertificates('bundled'));
  const result = await azure.run({ operation: 'url', endpoint: 'iris' });
  const { message, details } = result.failure();
  expect(message).toMatch(
    /^sign-in with client secret of client .* failed: no response from 127\.0\.0\.1:\d+ \((UNABLE_TO|SELF_SIGNED)/,
  );
  expect(details.nextStep).toContain('NODE_EXTRA_CA_CERTS');
  expect(result.requests).toEqual([]);
  await azure.close();
});
