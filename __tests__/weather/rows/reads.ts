import {
  all,
  EXPIRED,
  FORBIDDEN,
  HALF,
  HANG,
  HTML,
  IN_TROUBLE,
  JSON_,
  passing,
  RESET,
  type Endings,
  LIKE_503,
  ODD,
  type Row,
  some,
  staying,
  THROTTLED,
  UNAVAILABLE,
} from './row.ts';

/** They look at the endpoint first, as `url` does. */
const ALIKE: Endings = { promote: 'not run', 'show with repair': 'not run' };
const recovers = { endings: all('read', 'recovers', ALIKE) };
const fails = { endings: all('read', 'error 1', ALIKE) };
const elsewhere = all('read', 'error 1', ALIKE);
const nowhere: Endings = {
  update: 'error 1',
  deploy: 'error 1',
  rollout: 'error 1',
  promote: 'error 1',
  rollback: 'error 1',
  show: 'error 1',
  'show with repair': 'error 1',
  url: 'error 1',
  token: 'error 1',
  invoke: 'error 1',
  logs: 'error 1',
  'regenerate-keys': 'error 1',
};

/** The first reading of endpoints, and of their keys. */
export const READS: readonly Row[] = [
  ...passing('read', [UNAVAILABLE]),
  ...passing('read', [RESET, HALF, HTML, JSON_, EXPIRED, ...THROTTLED], recovers),
  ...passing('read', LIKE_503, { endings: some('read', 'recovers') }),
  ...passing('read', [HANG], { ...recovers, within: 75 }),
  ...staying('read', [UNAVAILABLE]),
  ...staying('read', [RESET, HALF, HTML, JSON_, EXPIRED, FORBIDDEN, ...THROTTLED], fails),
  ...staying('read', ODD, { endings: some('read', 'error 1') }),
  ...staying('read', [HANG], { ...fails, within: 150 }),
  {
    place: 'read',
    trouble: '404 of the endpoint',
    surroundings: 'empty',
    endings: nowhere,
    says: /endpoint iris is not in workspace ws-emulator/,
  },
  {
    place: 'read',
    trouble: '404 of the workspace',
    inputs: { 'workspace-name': 'nowhere' },
    endings: elsewhere,
    says: /ResourceNotFound[^]*Check `workspace-name`/,
  },
  {
    place: 'read',
    trouble: '404 of the resource group',
    inputs: { 'resource-group': 'nowhere' },
    endings: elsewhere,
    says: /ResourceGroupNotFound[^]*Check `workspace-name`, `resource-group`/,
  },
  {
    place: 'read',
    trouble: '404 of the subscription',
    inputs: { 'subscription-id': '11111111-2222-3333-4444-555555555555' },
    endings: elsewhere,
    says: /SubscriptionNotFound[^]*Check `subscription-id`/,
  },
  ...passing('secret', [RESET, HALF, HTML, JSON_, EXPIRED, ...THROTTLED, ...IN_TROUBLE]),
  ...passing('secret', [HANG], { within: 75 }),
  ...staying('secret', [RESET, JSON_, FORBIDDEN, ...IN_TROUBLE]),
  ...staying('secret', [HANG], { within: 150 }),
];
