import type { Match } from '../../emulator/faults.ts';
import type { SeedEndpoint } from '../../emulator/seed.ts';
import type { EndpointView } from '../../emulator/control.ts';

/** The columns of the table: what the operation is called, and what of it where it has two sides. */
export const OPERATIONS = [
  'plan',
  'create',
  'update',
  'apply',
  'deploy',
  'show',
  'list',
  'url',
  'token',
  'invoke',
  'logs',
  'regenerate-keys',
  'delete',
  'delete deployment',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** The requests of a run, by what they are for. `read-back` is the first that can show what a write did. */
export type Place = 'id-token' | 'sign-in' | 'read' | 'secret' | 'write' | 'poll' | 'read-back' | 'score';

/** Where trouble strikes: a request, once so many of its kind have passed. */
export interface Spot extends Match {
  readonly after?: number;
}

export interface Column {
  readonly inputs: Readonly<Record<string, string>>;
  /** Whether there is an endpoint before it runs. */
  readonly there: boolean;
  /** Whether it takes the input `timeout`. */
  readonly timed: boolean;
  readonly spots: Partial<Readonly<Record<Place, Spot>>>;
  /** What Azure calls the one write that it makes. */
  readonly write?: 'create' | 'update' | 'delete' | 'keys';
  /** Outputs of a run that went well; each an expression. */
  readonly outputs: Readonly<Record<string, RegExp>>;
  /** Whether the endpoint is as it should be after a run that went well; by default, as it was. */
  readonly ends?: (iris: EndpointView | undefined) => boolean;
}

export const IRIS: SeedEndpoint = {
  name: 'iris',
  tags: { team: 'flowers' },
  properties: { description: 'old words', traffic: { blue: 100 }, mirrorTraffic: { green: 10 } },
  deployments: [{ name: 'blue' }, { name: 'green' }, { name: 'old' }],
};

export const FILES = {
  'endpoints/iris.yml': 'name: iris\ndescription: new words\ntags: {owner: ml}\n',
  'models/green.yml':
    'name: green\ntags: {owner: ml}\nmodel: azureml:iris:3\ninstance_type: Standard_DS3_v2\ninstance_count: 1\n',
  'request.json': '{"data": [1]}',
};

const read: Spot = { method: 'GET', path: '/onlineEndpoints/iris?' };
const secret: Spot = { method: 'POST', path: '/listKeys' };
const poll: Spot = { path: 'mfeOperationsStatus' };
const before: Column['spots'] = {
  'id-token': { path: '/_github/idtoken' },
  'sign-in': { method: 'POST', path: '/oauth2/v2.0/token' },
};

const reading = { there: true, timed: false } as const;
const iris = { endpoint: 'iris' };

/** Both readings before a write agree; so the third shows its effect. */
const put: Column['spots'] = {
  ...before,
  read,
  write: { method: 'PUT', path: '/onlineEndpoints/iris?' },
  poll,
  'read-back': { ...read, after: 2 },
};

const updating: Omit<Column, 'inputs'> = {
  there: true,
  timed: true,
  spots: put,
  write: 'update',
  outputs: { status: /^succeeded$/, changed: /^true$/, 'scoring-url': /score$/ },
  ends: (live) => live?.properties['description'] === 'new words' && live.tags['owner'] === 'ml' && isUnharmed(live),
};

/** What no weather may take away from an endpoint. */
export function isUnharmed({ tags, properties, deployments }: EndpointView): boolean {
  const splits = JSON.stringify([properties['traffic'], properties['mirrorTraffic']]);
  const serving = deployments.filter(({ name }) => ['blue', 'green'].includes(name));
  return splits === '[{"blue":100},{"green":10}]' && tags['team'] === 'flowers' && serving.length === 2;
}

export const COLUMNS: Readonly<Record<Operation, Column>> = {
  plan: {
    ...reading,
    inputs: iris,
    spots: { ...before, read },
    outputs: { changed: /^true$/, plan: /new words/ },
  },
  create: {
    there: false,
    timed: true,
    inputs: iris,
    spots: put,
    write: 'create',
    outputs: { status: /^succeeded$/, changed: /^true$/, 'scoring-url': /score$/ },
    ends: (live) => live?.properties['description'] === 'new words',
  },
  update: { ...updating, inputs: iris },
  apply: { ...updating, inputs: iris },
  deploy: {
    there: true,
    timed: true,
    inputs: { ...iris, deployments: 'models/*.yml' },
    spots: {
      ...before,
      read: { method: 'GET', path: '/deployments/green?' },
      write: { method: 'PUT', path: '/deployments/green?' },
      poll,
      'read-back': { method: 'GET', path: '/deployments/green?', after: 2 },
    },
    write: 'update',
    outputs: { status: /^succeeded$/, changed: /^true$/ },
    ends: (live) =>
      live !== undefined &&
      isUnharmed(live) &&
      live.deployments.find(({ name }) => name === 'green')?.tags['owner'] === 'ml',
  },
  show: {
    ...reading,
    inputs: iris,
    spots: { ...before, read },
    outputs: { traffic: /^{"blue":100}$/, 'provisioning-state': /^Succeeded$/ },
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
    there: true,
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
    there: true,
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
    write: 'keys',
    outputs: { status: /^succeeded$/, changed: /^true$/ },
    ends: (live) => live !== undefined && isUnharmed(live),
  },
  delete: {
    there: true,
    timed: true,
    inputs: { ...iris, confirm: 'iris' },
    // It looks once more, to say what goes with the endpoint.
    spots: { ...put, write: { method: 'DELETE', path: '/onlineEndpoints/iris?' }, 'read-back': { ...read, after: 3 } },
    write: 'delete',
    outputs: { changed: /^true$/ },
    ends: (live) => live === undefined,
  },
  'delete deployment': {
    there: true,
    timed: true,
    inputs: { ...iris, operation: 'delete', deployment: 'old' },
    spots: { ...put, write: { method: 'DELETE', path: '/deployments/old?' } },
    write: 'delete',
    outputs: { changed: /^true$/ },
    ends: (live) => live !== undefined && isUnharmed(live) && live.deployments.length === 2,
  },
};
