import {
  all,
  answer,
  EXPIRED,
  FORBIDDEN,
  HALF,
  HANG,
  HTML,
  IN_TROUBLE,
  JSON_,
  passing,
  RESET,
  type Row,
  staying,
  THROTTLED,
  type Trouble,
  UNAVAILABLE,
} from './row.ts';

/** Never seen on a read, but a gateway may say anything. */
const ODD: readonly Trouble[] = [
  ['409', answer(409, 'Conflict'), { says: /Conflict/ }],
  ['412', answer(412, 'PreconditionFailed'), { says: /PreconditionFailed/ }],
];

const elsewhere = all('read', 'error 1');
const nowhere: Row['endings'] = {
  update: 'error 1',
  show: 'error 1',
  url: 'error 1',
  token: 'error 1',
  invoke: 'error 1',
  logs: 'error 1',
  'regenerate-keys': 'error 1',
};

/** The first reading of endpoints, and of their keys. */
export const READS: readonly Row[] = [
  ...passing('read', [RESET, HALF, HTML, JSON_, EXPIRED, ...THROTTLED, ...IN_TROUBLE]),
  ...passing('read', [HANG], { within: 75 }),
  ...staying('read', [RESET, HALF, HTML, JSON_, EXPIRED, FORBIDDEN, ...ODD, ...THROTTLED, UNAVAILABLE]),
  ...staying('read', [HANG], { within: 150 }),
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
  ...passing('secret', [RESET, HALF, HTML, JSON_, EXPIRED, ...THROTTLED, UNAVAILABLE]),
  ...staying('secret', [RESET, JSON_, FORBIDDEN, UNAVAILABLE]),
];
