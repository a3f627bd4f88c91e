import { type Place, PLACES } from '../operations.ts';
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

/** The model may have seen it, and nobody knows what it does with a request: it is not sent again. */
const HEARD: readonly Trouble[] = [
  RESET,
  ['half a body', { truncate: true }, { says: /ECONNRESET|INCOMPLETE/ }],
  ['401', { status: 401 }, { says: /has it just been rotated/ }],
  ['403', { status: 403 }, { says: /onlineEndpoints\/score\/action/ }],
  ['404', { status: 404 }, { says: /No deployment takes this request/ }],
  ['408', { status: 408 }, { says: /request_timeout_ms/ }],
  ['424', { status: 424, headers: { 'ms-azureml-model-error-reason': 'model_error' } }, { says: /model_error/ }],
  ['500', { status: 500 }, { says: /answered 500/ }],
  ['502', { status: 502, body: '<html>Bad Gateway</html>' }, { says: /answered 502/ }],
  UNAVAILABLE,
  ['504', { status: 504 }, { says: /answered 504/ }],
];

/** The call of the model. */
export const SCORING: readonly Row[] = [
  ...passing('score', THROTTLED),
  ...passing('score', HEARD, { endings: { invoke: 'error 1' } }),
  ...staying('score', [['429', answer(429, 'TooManyRequests')]], { says: /HTTP 429/ }),
  ...staying('score', [HANG]),
  // It surely did not arrive.
  {
    place: 'score',
    trouble: 'connection refused at first',
    surroundings: 'late model',
    endings: { invoke: 'recovers' },
  },
  {
    place: 'score',
    trouble: 'connection refused, for good',
    surroundings: 'no model',
    timeout: '4s',
    endings: { invoke: 'error 1' },
    says: /ECONNREFUSED/,
  },
  {
    place: 'score',
    trouble: 'certificate not trusted',
    surroundings: 'strange model',
    endings: { invoke: 'error 1' },
    says: /NODE_EXTRA_CA_CERTS/,
  },
];

const DENIED: Trouble = [
  '403',
  { deny: true },
  { says: /has not begun: the signed-in identity may not read the metrics[^]*Monitoring Reader/ },
];
const silent: Partial<Row> = {
  endings: { rollout: 'pauses' },
  warns: /Azure Monitor does not answer|may not read the metrics/,
  timeout: '30s',
};

/** What a rollout judges by. Without it no traffic moves, and traffic that has moved stays where it is. */
export const METRICS: readonly Row[] = [
  ...passing('evidence', [RESET, HALF, HTML, JSON_, EXPIRED, ...THROTTLED, ...IN_TROUBLE, HANG]),
  ...staying('evidence', [DENIED, HTML, JSON_, UNAVAILABLE], { timeout: '30s' }),
  ...passing('metrics', [RESET, HALF, HTML, JSON_, EXPIRED, FORBIDDEN, ...THROTTLED, ...IN_TROUBLE, HANG]),
  ...staying('metrics', [FORBIDDEN], silent),
  ...staying('metrics', [UNAVAILABLE], { ...silent, within: 240 }),
];

/** Where Azure has been told to do something by the time the job is cancelled; by the last of them it has done it. */
const TOLD: readonly Place[] = ['write', 'poll', 'read-back'];
/** The job is cancelled while Azure takes its time over a request. */
export const CANCEL: readonly Row[] = PLACES.map((place) => ({
  place,
  trouble: 'job cancelled',
  then: { delay: 5_000 },
  endings: all(place, 'cancelled'),
  performed: TOLD.includes(place) ? 1 : 0,
  says: ['write', 'poll'].includes(place)
    ? /cancelled; (possibly )?still running in Azure: |cancelled during rollout of endpoint iris/
    : /cancelled; no operation is running|cancelled during rollout of endpoint iris/,
  // Of what becomes of the traffic: the post step sees to that.
  warns: /the post step of this action|traffic could not be restored/,
  ...(place === 'id-token' ? { surroundings: 'oidc' } : {}),
}));
