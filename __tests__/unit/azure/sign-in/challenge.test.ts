import { expect, test } from '@jest/globals';
import { claimsWanted } from '../../../../src/azure/sign-in/challenge.ts';

const CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1790812800"}}}';
const encoded = Buffer.from(CLAIMS).toString('base64');
const challenge = (error: string, claims: string) =>
  `Bearer authorization_uri="https://login.windows.net/", error="${error}", claims="${claims}"`;

test.each([
  ['claims', challenge('insufficient_claims', encoded), CLAIMS],
  ['no header', undefined, undefined],
  ['another error', challenge('invalid_token', encoded), undefined],
  ['what nobody can read', challenge('insufficient_claims', '$$$'), undefined],
  ['nothing', 'Bearer error="insufficient_claims"', undefined],
])('%s', (_, header, wanted) => {
  expect(claimsWanted(header)).toBe(wanted);
});
