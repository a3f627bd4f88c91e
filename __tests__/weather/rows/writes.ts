import type { Operation } from '../operations.ts';
import {
  all,
  answer,
  type Ending,
  EXPIRED,
  FORBIDDEN,
  HALF,
  HANG,
  HTML,
  IN_TROUBLE,
  JSON_,
  LIKE_503,
  ODD,
  passing,
  RESET,
  type Row,
  some,
  staying,
  THROTTLED,
  type Trouble,
  UNAVAILABLE,
} from './row.ts';

const LOST: Trouble = ['connection reset after it was performed', { 'reset-after': true }];
const BUSY: Trouble = ['409', answer(409, 'Conflict')];
const REFUSED: Trouble = ['412', answer(412, 'PreconditionFailed'), { says: /PreconditionFailed/ }];
/** What is said of a split that is to come back and does not: how else it can. */
const BACK = /traffic could not be restored|the rollout was interrupted|checking whether Azure applied/;
const error = { code: 'OutOfQuota', message: 'No cores left.' };

/** A person who looks at the log is told, since it takes a while; a deletion is simply asked for again. */
const lost = all('write', 'recovers, warns', {
  'regenerate-keys': 'recovers',
  delete: 'recovers',
  'delete deployment': 'recovers',
});
/** Nobody knows whether the key has turned, so it is looked at for a minute and never turned again. */
const lostKey: Row['endings'] = { ...lost, 'regenerate-keys': 'error 1' };
const warns = /checking whether Azure applied the \w+ of .* anyway/;
/** They try for minutes to put traffic back, whatever `timeout` says. */
const hasPatience: Row['endings'] = { rollout: 'not run', 'show with repair': 'not run' };
/** What can be created, and shown. */
const puts: readonly Operation[] = ['create', 'update', 'apply', 'deploy', 'rollout', 'promote', 'rollback'];
const shown = [...puts, 'show with repair'] as const;
const each = (operations: readonly Operation[], ending: Ending): Row['endings'] =>
  Object.fromEntries(operations.map((operation) => [operation, ending]));

/** The write itself, its operation, and the reading that shows what it did. */
export const WRITES: readonly Row[] = [
  ...passing('write', [LOST, HALF], { endings: lost, warns, within: 60 }),
  ...passing('write', [BUSY, EXPIRED, ...THROTTLED], { within: 60 }),
  ...passing('write', [RESET, HTML, ...IN_TROUBLE], { endings: lostKey, warns, within: 110 }),
  ...passing('write', [JSON_], { endings: each(shown, 'recovers, warns'), warns, within: 60 }),
  ...passing('write', [HANG], { endings: lostKey, warns, within: 160 }),
  {
    place: 'write',
    trouble: '404 while the name is being freed, once',
    then: answer(404, 'NotFound'),
    endings: each(['create', 'update', 'apply', 'deploy'], 'recovers'),
  },
  ...staying('write', [FORBIDDEN, REFUSED, EXPIRED], { warns: BACK }),
  ...staying('write', THROTTLED, { endings: all('write', 'error 1', hasPatience), warns: BACK }),
  ...staying('write', [RESET, HTML, UNAVAILABLE, HANG], {
    endings: all('write', 'error 1', hasPatience),
    warns: new RegExp(`${warns.source}|${BACK.source}`),
  }),
  ...staying('write', [BUSY], {
    endings: all('write', 'error 1', hasPatience),
    says: /Words of Azure for Conflict[^]*code: Conflict/,
    warns: BACK,
  }),
  {
    place: 'write',
    trouble: 'its operation fails',
    then: { operation: { status: 'Failed', error } },
    endings: all('write', 'error 1'),
    says: /failed after .*No cores left[^]*OutOfQuota/,
    warns: BACK,
    performed: 1,
  },
  {
    place: 'write',
    trouble: 'its operation is cancelled',
    then: { operation: { status: 'Canceled' } },
    endings: all('write', 'error 1'),
    says: /was cancelled in Azure/,
    warns: BACK,
    performed: 1,
  },
  {
    place: 'write',
    trouble: 'its operation never ends',
    then: { operation: { never: true } },
    timeout: '4s',
    endings: all('write', 'error 1', hasPatience),
    says: /timed out after \d s \(last state: [^]*Timeout/,
    warns: BACK,
    performed: 1,
  },
  {
    place: 'write',
    trouble: 'it reads stale for a minute',
    then: { stale: 60 },
    endings: each(shown, 'recovers'),
    within: 120,
  },
  {
    place: 'write',
    trouble: 'it reads stale, for good',
    then: { stale: 1_000 },
    timeout: '5s',
    endings: { ...each(puts, 'error 1'), rollout: 'not run' },
    says: /as done but does not show it/,
    warns: BACK,
    performed: 1,
  },
  {
    place: 'write',
    trouble: 'it is shown for a minute after it was deleted',
    then: { stale: 60 },
    endings: { delete: 'recovers', 'delete deployment': 'recovers' },
    within: 120,
  },
  {
    place: 'write',
    trouble: 'it is shown for good after it was deleted',
    then: { stale: 1_000 },
    timeout: '5s',
    endings: { delete: 'error 1', 'delete deployment': 'error 1' },
    says: /as done but still shows it/,
    performed: 1,
  },
];

const polls = { performed: 1, warns: BACK };

/** What follows a write. Azure has it by then, so only the seeing can fail. */
export const FOLLOWING: readonly Row[] = [
  ...passing('poll', [RESET, HALF, HTML, JSON_, EXPIRED, FORBIDDEN, ...THROTTLED, UNAVAILABLE]),
  ...passing('poll', LIKE_503, { endings: some('poll', 'recovers') }),
  ...passing('poll', ODD, { ...polls, endings: some('poll', 'error 1') }),
  ...passing('poll', [['404', answer(404, 'NotFound')]]),
  ...passing('poll', [HANG], { within: 75 }),
  ...staying('poll', [FORBIDDEN, JSON_, ['404', answer(404, 'NotFound')]], {
    endings: all('poll', 'recovers'),
    timeout: '30s',
  }),
  ...staying('poll', [RESET, HTML, HANG], {
    ...polls,
    endings: all('poll', 'error 1', hasPatience),
    says: /Timeout/,
  }),
  ...staying('poll', [EXPIRED], polls),
  {
    place: 'poll',
    trouble: '503, for good, and without a `timeout`',
    then: answer(503, 'ServiceUnavailable'),
    times: 'always',
    // A deletion and a new key show by themselves; what writes twice and more would wait for an hour.
    endings: {
      ...all('poll', 'recovers, warns'),
      ...{ 'regenerate-keys': 'recovers', delete: 'recovers', 'delete deployment': 'recovers' },
      ...{ apply: 'not run', rollout: 'not run' },
    },
    warns: /checking whether Azure applied/,
    within: 200,
  },
  ...passing('read-back', [RESET, HALF, HTML, JSON_, EXPIRED, ...THROTTLED, UNAVAILABLE]),
  ...passing('read-back', LIKE_503, { endings: some('read-back', 'recovers') }),
  ...passing('read-back', [HANG], { within: 75 }),
  ...staying('read-back', [EXPIRED, FORBIDDEN], polls),
  ...staying('read-back', [RESET, HTML, UNAVAILABLE, HANG], {
    ...polls,
    endings: all('read-back', 'error 1', hasPatience),
  }),
  {
    place: 'read-back',
    trouble: '404 because it is just created and not visible yet',
    emulator: { hiddenReads: 3 },
    endings: { create: 'recovers' },
  },
];
