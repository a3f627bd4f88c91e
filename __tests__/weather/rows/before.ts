import { all, answer, HANG, passing, RESET, type Row, staying, type Trouble, UNAVAILABLE } from './row.ts';

const everywhere = all('sign-in', 'error 1');
const WRONG: Trouble = ['HTML instead of JSON', { garbage: 'html' }];
const EXPIRED_SECRET = { error: 'invalid_client', error_description: 'AADSTS7000222: The client secret has expired.' };

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
  {
    place: 'sign-in',
    trouble: 'certificate not trusted',
    surroundings: 'untrusted',
    endings: everywhere,
    says: /NODE_EXTRA_CA_CERTS/,
  },
  {
    place: 'read',
    trouble: 'certificate not trusted',
    surroundings: 'stranger',
    endings: all('read', 'error 1'),
    says: /NODE_EXTRA_CA_CERTS/,
  },
  ...passing('id-token', [UNAVAILABLE, RESET], { surroundings: 'oidc' }),
  ...passing('id-token', [HANG], { surroundings: 'oidc', within: 60 }),
  ...staying('id-token', [UNAVAILABLE, RESET], { surroundings: 'oidc', says: /GitHub gave no ID token/ }),
  ...staying('id-token', [HANG], { surroundings: 'oidc', says: /GitHub gave no ID token/, within: 150 }),
  ...passing('sign-in', [UNAVAILABLE, RESET, HANG]),
  ...staying('sign-in', [UNAVAILABLE, RESET, HANG, WRONG], { says: /sign-in with client secret/ }),
  ...staying('sign-in', [['expired secret', { status: 401, body: EXPIRED_SECRET }]], { says: /AADSTS7000222/ }),
  ...staying('sign-in', [['429', answer(429, 'TooManyRequests')]], { says: /sign-in with client secret/ }),
];
