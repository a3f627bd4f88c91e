import type { EndpointView } from '../../emulator/control.ts';
import type { EmulatorOptions } from '../../emulator/options.ts';
import type { SeedEndpoint } from '../../emulator/seed.ts';
import { BLUE, GREEN, HALFWAY, IRIS, isAt, MOVED, ORPHANED, PAUSED, type Split, UNMOVED } from './endpoints.ts';
import type { Operation, Place, Spot } from './operations.ts';

/** What Azure calls a write. */
export type Write = 'create' | 'update' | 'delete' | 'keys';

/** An operation, and how it is in fair weather. */
export interface Column {
  readonly inputs: Readonly<Record<string, string>>;
  /** The endpoint before it runs, if there is one. */
  readonly before?: SeedEndpoint;
  /** Whether it takes the input `timeout`. */
  readonly timed: boolean;
  readonly spots: Partial<Readonly<Record<Place, Spot>>>;
  /** The writes that it makes; the first of them is the one that weather strikes. `several` for those of a rollout. */
  readonly writes?: readonly Write[] | 'several';
  /** Outputs of a run that went well; each an expression. */
  readonly outputs: Readonly<Record<string, RegExp>>;
  /** Warned of in any weather. */
  readonly warns?: RegExp;
  /** The splits that somebody asked for: the one before, and what it may come to. By default it moves no traffic. */
  readonly splits?: readonly Split[];
  /** Whether the endpoint is as it should be after a run that went well; by default, as it was. */
  readonly ends?: (iris: EndpointView | undefined) => boolean;
  readonly emulator?: EmulatorOptions;
}

const read: Spot = { method: 'GET', path: '/onlineEndpoints/iris?' };
const secret: Spot = { method: 'POST', path: '/listKeys' };
const write: Spot = { method: 'PUT', path: '/onlineEndpoints/iris?' };
const poll: Spot = { path: 'mfeOperationsStatus' };
const metrics: Spot = { method: 'GET', path: '/providers/Microsoft.Insights/metrics' };
const before: Column['spots'] = {
  'id-token': { path: '/_github/idtoken' },
  'sign-in': { method: 'POST', path: '/oauth2/v2.0/token' },
};

const iris = { endpoint: 'iris' };
const reading = { before: IRIS, timed: false } as const;

/** Both readings before a write agree; so the third shows its effect. */
const put: Column['spots'] = { ...before, read, write, poll, 'read-back': { ...read, after: 2 } };

/** A write behind so many other readings. */
function putBehind(readings: number): Column['spots'] {
  return { ...put, 'read-back': { ...read, after: readings + 2 } };
}

const written = { status: /^succeeded$/, changed: /^true$/, 'scoring-url': /score$/ };
const hasNewWords = (live: EndpointView | undefined): boolean =>
  live?.properties['description'] === 'new words' && live.tags['owner'] === 'ml';
const hasNewGreen = (live: EndpointView | undefined): boolean =>
  live?.deployments.find(({ name }) => name === 'green')?.tags['owner'] === 'ml';

/** Minutes that last moments, and a policy that watches one of them. */
const hurried: EmulatorOptions = { minute: 150, operationTime: 0, staleReads: 0 };
const policy = '{preset: blue-green, final-bake: 1m, errors: {min-requests: 10}, latency: off}';

export const COLUMNS: Readonly<Record<Operation, Column>> = {
  plan: {
    ...reading,
    inputs: iris,
    spots: { ...before, read },
    outputs: { changed: /^true$/, plan: /new words/ },
  },
  create: {
    timed: true,
    inputs: iris,
    spots: put,
    writes: ['create'],
    outputs: written,
    ends: (live) => live?.properties['description'] === 'new words',
  },
  update: {
    before: IRIS,
    timed: true,
    inputs: { ...iris, traffic: 'blue=90 old=10' },
    spots: put,
    writes: ['update'],
    outputs: { ...written, traffic: /^{"blue":90,"old":10}$/ },
    splits: [BLUE, MOVED],
    ends: (live) => hasNewWords(live) && JSON.stringify(live?.properties['traffic']) === JSON.stringify(MOVED),
  },
  apply: {
    before: IRIS,
    timed: true,
    inputs: { ...iris, deployments: 'models/*.yml' },
    spots: putBehind(1),
    writes: ['update', 'update'],
    outputs: written,
    ends: (live) => hasNewWords(live) && hasNewGreen(live),
  },
  deploy: {
    before: IRIS,
    timed: true,
    inputs: { ...iris, deployments: 'models/*.yml' },
    spots: {
      ...before,
      read: { method: 'GET', path: '/deployments/green?' },
      write: { method: 'PUT', path: '/deployments/green?' },
      poll,
      'read-back': { method: 'GET', path: '/deployments/green?', after: 2 },
    },
    writes: ['update'],
    outputs: { status: /^succeeded$/, changed: /^true$/ },
    ends: hasNewGreen,
  },
  rollout: {
    before: UNMOVED,
    timed: true,
    inputs: { ...iris, traffic: 'green=100', policy, 'max-duration': '24h' },
    // The first write only takes the lease; the second moves traffic.
    spots: {
      ...before,
      read,
      evidence: metrics,
      write: { ...write, after: 1 },
      poll: { ...poll, after: 1 },
      'read-back': { ...read, after: 8 },
      metrics: { ...metrics, after: 2 },
    },
    writes: 'several',
    outputs: { ...written, traffic: /^{"green":100}$/ },
    splits: [BLUE, GREEN],
    ends: (live) => isAt(live, GREEN, 'done'),
    emulator: hurried,
  },
  promote: {
    before: PAUSED,
    timed: true,
    inputs: iris,
    spots: putBehind(1),
    writes: ['update'],
    outputs: { changed: /^true$/, traffic: /^{"green":100}$/ },
    splits: [HALFWAY, GREEN],
    ends: (live) => isAt(live, GREEN, 'done'),
  },
  rollback: {
    before: PAUSED,
    timed: true,
    inputs: iris,
    spots: putBehind(1),
    writes: ['update'],
    outputs: { changed: /^true$/, traffic: /^{"blue":100}$/ },
    splits: [HALFWAY, BLUE],
    ends: (live) => isAt(live, BLUE, 'rolled-back'),
  },
  show: {
    ...reading,
    inputs: iris,
    spots: { ...before, read },
    outputs: { traffic: /^{"blue":100}$/, 'provisioning-state': /^Succeeded$/ },
  },
  'show with repair': {
    before: ORPHANED,
    timed: false,
    inputs: { ...iris, operation: 'show', repair: 'rollback' },
    spots: putBehind(2),
    writes: ['update'],
    outputs: { changed: /^true$/, traffic: /^{"blue":100}$/ },
    warns: /stopped in the middle of its rollout; blue=100 is live again/,
    splits: [HALFWAY, BLUE],
    ends: (live) => isAt(live, BLUE, 'rolled-back'),
  },
  list: {
    ...reading,
    inputs: {},
    spots: { ...before, read: { method: 'GET', path: '/onlineEndpoints?' } },
    outputs: { endpoints: /"iris":.*"blue":100/ },
  },
  url: { ...reading, inputs: iris, spots: { ...before, read }, outputs: { 'scoring-url': /score$/ } },
  token: {
    ...reading,
    inputs: iris,
    spots: { ...before, read, secret },
    outputs: { token: /./, 'token-type': /^key$/ },
  },
  invoke: {
    before: IRIS,
    timed: true,
    inputs: { ...iris, 'request-file': 'request.json' },
    spots: { ...before, read, secret, score: { method: 'POST', path: '.inference/score' } },
    outputs: { 'response-status': /^200$/, response: /blue/ },
  },
  logs: {
    ...reading,
    inputs: { ...iris, deployment: 'blue' },
    spots: { ...before, read: { method: 'POST', path: '/deployments/blue/getLogs' } },
    outputs: { status: /^unchanged$/ },
  },
  'regenerate-keys': {
    before: IRIS,
    timed: true,
    inputs: iris,
    spots: {
      ...before,
      read,
      secret,
      write: { method: 'POST', path: '/regenerateKeys' },
      poll,
      'read-back': { ...secret, after: 1 },
    },
    writes: ['keys'],
    outputs: { status: /^succeeded$/, changed: /^true$/ },
  },
  delete: {
    before: IRIS,
    timed: true,
    inputs: { ...iris, confirm: 'iris' },
    // It looks once more, to say what goes with the endpoint.
    spots: { ...putBehind(1), write: { method: 'DELETE', path: '/onlineEndpoints/iris?' } },
    writes: ['delete'],
    outputs: { changed: /^true$/ },
    ends: (live) => live === undefined,
  },
  'delete deployment': {
    before: IRIS,
    timed: true,
    inputs: { ...iris, operation: 'delete', deployment: 'old' },
    spots: { ...put, write: { method: 'DELETE', path: '/deployments/old?' } },
    writes: ['delete'],
    outputs: { changed: /^true$/ },
    ends: (live) => live?.deployments.length === 2,
  },
};
