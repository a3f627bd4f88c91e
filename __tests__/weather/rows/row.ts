import type { Consequence } from '../../../emulator/faults.ts';
import type { EmulatorOptions } from '../../../emulator/options.ts';
import { COLUMNS } from '../columns.ts';
import { type Operation, OPERATIONS, type Place } from '../operations.ts';
import type { Surroundings } from '../surroundings.ts';

/** How a run ends: well, and silently or not; as a paused rollout; with exit code 1 and one error; as the cancelled job that it is. */
export type Ending = 'recovers' | 'recovers, warns' | 'pauses' | 'error 1' | 'cancelled';
/** What is not run would last too long, or is the same request by the same code as in another column. */
export type Endings = Partial<Readonly<Record<Operation, Ending | 'not run'>>>;

/** One fault, and how each operation that can meet it ends. */
export interface Row {
  readonly place: Place;
  readonly trouble: string;
  readonly endings: Endings;
  readonly then?: Consequence;
  /** How many requests it befalls; one unless told. */
  readonly times?: number | 'always';
  readonly surroundings?: Surroundings;
  readonly emulator?: EmulatorOptions;
  readonly inputs?: Readonly<Record<string, string>>;
  /** The input `timeout`, for operations that take it. */
  readonly timeout?: string;
  /** What the one error says. */
  readonly says?: RegExp;
  /** What is warned of; by default nothing is. */
  readonly warns?: RegExp;
  /** What Azure performs of a write, though the run ends with an error. */
  readonly performed?: number;
  /** Seconds within which each run ends, also on a machine that others use; 60 unless told. */
  readonly within?: number;
}

/** The same ending for each operation that makes such a request, save for some. */
export function all(place: Place, ending: Ending | 'not run', but: Endings = {}): Endings {
  const meeting = OPERATIONS.filter((operation) => COLUMNS[operation].spots[place]);
  return { ...Object.fromEntries(meeting.map((operation) => [operation, ending])), ...but };
}

/** What stands for all where the same code meets the same request, or where one status is like another. */
const SAMPLE: readonly Operation[] = ['update', 'rollout', 'url', 'delete'];

/** The same ending for a few operations that make such a request; the others are not run. */
export function some(place: Place, ending: Ending): Endings {
  const chosen = SAMPLE.filter((operation) => COLUMNS[operation].spots[place]);
  return all(place, 'not run', Object.fromEntries(chosen.map((operation) => [operation, ending])));
}

/** Faults that befall a single request at a place, and pass. */
export function passing(place: Place, troubles: readonly Trouble[], more: Partial<Row> = {}): Row[] {
  return troubles.map(([trouble, then, own]) => ({
    place,
    trouble: `${trouble}, once`,
    then,
    endings: all(place, 'recovers'),
    ...own,
    ...more,
  }));
}

/** Faults that stay. Each operation that takes a `timeout` is given a short one. */
export function staying(place: Place, troubles: readonly Trouble[], more: Partial<Row> = {}): Row[] {
  return troubles.map(([trouble, then, own]) => ({
    place,
    trouble: `${trouble}, for good`,
    then,
    times: 'always',
    timeout: '4s',
    endings: all(place, 'error 1'),
    within: 90,
    ...own,
    ...more,
  }));
}

export type Trouble = readonly [name: string, then: Consequence, own?: Partial<Row>];

/** An answer as Azure Resource Manager words it. */
export function answer(status: number, code: string, headers: Readonly<Record<string, string>> = {}): Consequence {
  return { status, headers, body: { error: { code, message: `Words of Azure for ${code}.` } } };
}

export const RESET: Trouble = ['connection reset', { reset: true }, { says: /ECONNRESET/ }];
export const HANG: Trouble = ['no answer', { hang: true }, { says: /ETIMEDOUT/ }];
export const HALF: Trouble = ['half a body', { truncate: true }, { says: /ECONNRESET|INCOMPLETE/ }];
export const HTML: Trouble = ['HTML instead of JSON', { garbage: 'html' }, { says: /a proxy or a login page/ }];
export const JSON_: Trouble = ['wrong JSON', { garbage: 'json' }, { says: /a proxy or a login page/ }];
export const EXPIRED: Trouble = ['401', { 'expire-token': true }, { says: /ExpiredAuthenticationToken/ }];
export const FORBIDDEN: Trouble = ['403', { deny: true }, { says: /AuthorizationFailed[^]*Grant it the role/ }];
export const THROTTLED: readonly Trouble[] = [
  ['429 without Retry-After', answer(429, 'TooManyRequests'), { says: /TooManyRequests[^]*limits the rate/ }],
  [
    '429 with Retry-After',
    answer(429, 'TooManyRequests', { 'retry-after': '1' }),
    { says: /TooManyRequests[^]*limits the rate/ },
  ],
];
export const UNAVAILABLE: Trouble = ['503', answer(503, 'ServiceUnavailable'), { says: /ServiceUnavailable/ }];
/** As the front ends of Azure say it: without a word of the service. They are like 503. */
export const LIKE_503: readonly Trouble[] = [
  ['408', { status: 408 }, { says: /HTTP 408/ }],
  ['500', answer(500, 'InternalServerError'), { says: /InternalServerError/ }],
  ['502', { status: 502, body: '<html>Bad Gateway</html>' }, { says: /HTTP 502/ }],
  ['504', answer(504, 'GatewayTimeout'), { says: /GatewayTimeout/ }],
];
export const IN_TROUBLE: readonly Trouble[] = [UNAVAILABLE, ...LIKE_503];
/** Never seen on a reading, but a gateway may say anything. */
export const ODD: readonly Trouble[] = [
  ['409', answer(409, 'Conflict'), { says: /Conflict/ }],
  ['412', answer(412, 'PreconditionFailed'), { says: /PreconditionFailed/ }],
];
