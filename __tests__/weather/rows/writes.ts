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

const LOST: Trouble = ['connection reset after it was performed', { 'reset-after': true }];
const BUSY: Trouble = ['409', answer(409, 'Conflict')];
const REFUSED: Trouble = ['412', answer(412, 'PreconditionFailed'), { says: /PreconditionFailed/ }];
const error = { code: 'OutOfQuota', message: 'No cores left.' };

/** Nobody knows whether the key has turned, so it is looked at for a minute and never turned again. */
const lostKey = all('write', 'recovers', { 'regenerate-keys': 'error 1' });

/** The write itself, its operation, and the reading that shows what it did. */
export const WRITES: readonly Row[] = [
  ...passing('write', [LOST, HALF, BUSY, EXPIRED, ...THROTTLED], { within: 60 }),
  ...passing('write', [RESET, HTML, ...IN_TROUBLE], { endings: lostKey, within: 110 }),
  ...passing('write', [JSON_], { endings: { create: 'recovers', update: 'recovers', apply: 'recovers' }, within: 60 }),
  ...passing('write', [HANG], { endings: lostKey, within: 160 }),
  {
    place: 'write',
    trouble: '404 while the name is being freed, once',
    then: answer(404, 'NotFound'),
    endings: { create: 'recovers', update: 'recovers', apply: 'recovers' },
  },
  ...staying('write', [FORBIDDEN, REFUSED, EXPIRED, ...THROTTLED]),
  ...staying('write', [RESET, HTML, UNAVAILABLE, HANG]),
  ...staying('write', [BUSY], { says: /Words of Azure for Conflict[^]*code: Conflict/ }),
  {
    place: 'write',
    trouble: 'its operation fails',
    then: { operation: { status: 'Failed', error } },
    endings: all('write', 'error 1'),
    says: /failed after .*No cores left[^]*OutOfQuota/,
    performed: 1,
  },
  {
    place: 'write',
    trouble: 'its operation is cancelled',
    then: { operation: { status: 'Canceled' } },
    endings: all('write', 'error 1'),
    says: /was cancelled in Azure/,
    performed: 1,
  },
  {
    place: 'write',
    trouble: 'its operation never ends',
    then: { operation: { never: true } },
    timeout: '4s',
    endings: all('write', 'error 1'),
    says: /timed out after \d s \(last state: [^]*Timeout/,
    performed: 1,
  },
  {
    place: 'write',
    trouble: 'it reads stale for a minute',
    then: { stale: 60 },
    endings: { create: 'recovers', update: 'recovers', apply: 'recovers' },
    within: 120,
  },
  {
    place: 'write',
    trouble: 'it reads stale, for good',
    then: { stale: 1_000 },
    timeout: '5s',
    endings: { create: 'error 1', update: 'error 1', apply: 'error 1' },
    says: /as done but does not show it/,
    performed: 1,
  },
];

const polls = { performed: 1 };

/** What follows a write. Azure has it by then, so only the seeing can fail. */
export const FOLLOWING: readonly Row[] = [
  ...passing('poll', [RESET, HALF, HTML, JSON_, EXPIRED, FORBIDDEN, ...THROTTLED, ...IN_TROUBLE]),
  ...passing('poll', [['404', answer(404, 'NotFound')]]),
  ...passing('poll', [HANG], { within: 75 }),
  ...staying('poll', [FORBIDDEN, JSON_, ['404', answer(404, 'NotFound')]], {
    endings: all('poll', 'recovers'),
    timeout: '30s',
  }),
  ...staying('poll', [RESET, HTML, HANG], { ...polls, says: /Timeout/ }),
  ...staying('poll', [EXPIRED], polls),
  {
    place: 'poll',
    trouble: '503, for good, and without a `timeout`',
    then: answer(503, 'ServiceUnavailable'),
    times: 'always',
    endings: all('poll', 'recovers'),
    within: 200,
  },
  ...passing('read-back', [RESET, HALF, HTML, JSON_, EXPIRED, ...THROTTLED, ...IN_TROUBLE]),
  ...passing('read-back', [HANG], { within: 75 }),
  ...staying('read-back', [RESET, HTML, EXPIRED, FORBIDDEN, UNAVAILABLE, HANG], polls),
  {
    place: 'read-back',
    trouble: '404 because it is just created and not visible yet',
    emulator: { hiddenReads: 3 },
    endings: { create: 'recovers' },
  },
];
