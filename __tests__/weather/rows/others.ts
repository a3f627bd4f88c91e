import type { Place } from '../operations.ts';
import { all, answer, HANG, passing, RESET, type Row, staying, THROTTLED, type Trouble, UNAVAILABLE } from './row.ts';

/** The model may have seen it, and nobody knows what it does with a request: it is not sent again. */
const HEARD: readonly Trouble[] = [
  RESET,
  ['401', { status: 401 }, { says: /has it just been rotated/ }],
  ['404', { status: 404 }, { says: /No deployment takes this request/ }],
  ['408', { status: 408 }, { says: /request_timeout_ms/ }],
  ['424', { status: 424, headers: { 'ms-azureml-model-error-reason': 'model_error' } }, { says: /model_error/ }],
  ['500', { status: 500 }, { says: /answered 500/ }],
  UNAVAILABLE,
];

/** The call of the model. */
export const SCORING: readonly Row[] = [
  ...passing('score', THROTTLED),
  ...passing('score', HEARD, { endings: { invoke: 'error 1' } }),
  ...staying('score', [['429', answer(429, 'TooManyRequests')]], { says: /HTTP 429/ }),
  ...staying('score', [HANG]),
];

/** Where Azure has been told to do something by the time the job is cancelled; by the last of them it has done it. */
const TOLD: readonly Place[] = ['write', 'poll', 'read-back'];
const PLACES: readonly Place[] = ['id-token', 'sign-in', 'read', 'secret', 'write', 'poll', 'read-back', 'score'];

/** The job is cancelled while Azure takes its time over a request. */
export const CANCEL: readonly Row[] = PLACES.map((place) => ({
  place,
  trouble: 'job cancelled',
  then: { delay: 5_000 },
  endings: all(place, 'cancelled'),
  performed: TOLD.includes(place) ? 1 : 0,
  says: ['write', 'poll'].includes(place)
    ? /cancelled; (possibly )?still running in Azure: /
    : /cancelled; no operation is running/,
  ...(place === 'id-token' ? { surroundings: 'oidc' } : {}),
}));
