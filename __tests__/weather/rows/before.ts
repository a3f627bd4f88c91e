import type { Place } from '../operations.ts';
import { all, answer, HANG, passing, RESET, type Row, some, staying, type Trouble, UNAVAILABLE } from './row.ts';

const UNTRUSTED = { trouble: 'certificate not trusted', says: /NODE_EXTRA_CA_CERTS/ };
const WRONG: readonly Trouble[] = [
  ['HTML instead of JSON', { garbage: 'html' }],
  ['wrong JSON', { garbage: 'json' }],
];
const HALVED: Trouble = ['half a body', { truncate: true }];
/** As Microsoft Entra and GitHub say it, or whoever stands in front of them. */
const IN_TROUBLE: readonly Trouble[] = [408, 500, 502, 504].map((status) => [String(status), { status }]);
const EXPIRED_SECRET = { error: 'invalid_client', error_description: 'AADSTS7000222: The client secret has expired.' };

const passingSome = (place: Place, troubles: readonly Trouble[], more: Partial<Row> = {}): Row[] =>
  passing(place, troubles, { endings: some(place, 'recovers'), ...more });
const stayingSome = (place: Place, troubles: readonly Trouble[], more: Partial<Row> = {}): Row[] =>
  staying(place, troubles, { endings: some(place, 'error 1'), ...more });

const oidc = { surroundings: 'oidc' } as const;
const noIdToken = { ...oidc, says: /GitHub gave no ID token/ };
const noSignIn = { says: /sign-in with client secret/ };

/** The network, GitHub's ID tokens and the sign-in: what lies between a job and Azure. */
export const BEFORE: readonly Row[] = [
  {
    place: 'read',
    trouble: 'connection refused at first',
    surroundings: 'late',
    endings: all('read', 'recovers'),
  },
  {
    place: 'read',
    trouble: 'connection refused, for good',
    surroundings: 'nobody',
    timeout: '4s',
    endings: all('read', 'error 1'),
    says: /ECONNREFUSED[^]*Check the network/,
    within: 90,
  },
  { place: 'read', ...UNTRUSTED, surroundings: 'stranger', endings: all('read', 'error 1') },
  ...passing('id-token', [UNAVAILABLE], oidc),
  ...passingSome('id-token', [RESET, HALVED, ...WRONG, ...IN_TROUBLE], oidc),
  ...passingSome('id-token', [HANG], { ...oidc, within: 60 }),
  ...staying('id-token', [UNAVAILABLE], noIdToken),
  ...stayingSome('id-token', [RESET, HALVED, ...WRONG, ['401', { status: 401 }], ['403', { status: 403 }]], noIdToken),
  ...stayingSome('id-token', [HANG], { ...noIdToken, within: 150 }),
  { place: 'sign-in', ...UNTRUSTED, surroundings: 'untrusted', endings: all('sign-in', 'error 1') },
  {
    place: 'sign-in',
    trouble: 'connection refused, for good',
    surroundings: 'no sign-in',
    timeout: '4s',
    endings: some('sign-in', 'error 1'),
    says: /sign-in with client secret[^]*ECONNREFUSED/,
    within: 90,
  },
  ...passing('sign-in', [UNAVAILABLE]),
  ...passingSome('sign-in', [RESET, HANG, ...IN_TROUBLE]),
  // An answer that cannot be read is not asked for again here, though it might be.
  ...passing('sign-in', [HALVED, ...WRONG], { ...noSignIn, endings: some('sign-in', 'error 1') }),
  ...staying('sign-in', [UNAVAILABLE], noSignIn),
  ...stayingSome('sign-in', [RESET, HANG, HALVED, ...WRONG, ...IN_TROUBLE], noSignIn),
  ...stayingSome('sign-in', [['expired secret', { status: 401, body: EXPIRED_SECRET }]], { says: /AADSTS7000222/ }),
  ...stayingSome('sign-in', [['429', answer(429, 'TooManyRequests')]], noSignIn),
];
