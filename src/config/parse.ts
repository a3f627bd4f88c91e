import type { Env } from '../deps.ts';
import { InputFaults } from '../failure.ts';
import type { Override, SpecRequest } from '../spec/model.ts';
import { parseOverride } from '../spec/override.ts';
import { isValidName, NAME_RULE } from '../spec/names.ts';
import { parseTraffic } from '../spec/traffic.ts';
import { clipped } from '../spec/tree.ts';
import type { Config, RolloutOptions } from './config.ts';
import { CONTAINERS } from './containers.ts';
import { INPUT_NAMES, inputDefinition, type InputName } from './inputs.ts';
import { ALL_WHEN_EMPTY, ON_YAML, type OnYaml } from './operation-groups.ts';
import { isOperation, type Operation, OPERATIONS } from './operations.ts';
import { type InputReader, inputReader, type RawInput } from './read.ts';
import { SCORING_PATH } from '../spec/scoring-path.ts';
import { readTarget } from './target.ts';

export interface ParsedConfig {
  readonly config: Config;
  /** Inputs that were given but that the operation does not read. */
  readonly unused: readonly InputName[];
}

/**
 * Turns the inputs into what the operation needs to know.
 * @throws InputFaults with all that is wrong with them, at once
 */
export function parseConfig(raw: RawInput, env: Env): ParsedConfig {
  const inputs = inputReader(raw, env);
  const operation = readOperation(inputs);
  const config = isOnYaml(operation) ? configOnYaml(operation, inputs, env) : configOnLive(operation, inputs, env);
  if (inputs.faults.length > 0) throw new InputFaults(inputs.faults);
  return { config, unused: INPUT_NAMES.filter((name) => isUnused(name, operation, raw)) };
}

function readOperation(inputs: InputReader): Operation {
  const word = inputs.text('operation');
  if (isOperation(word)) return word;
  const all = Object.keys(OPERATIONS).join(', ');
  throw new InputFaults([{ message: `input operation is ${word ? `"${word}"` : 'missing'}; allowed: ${all}` }]);
}

function isOnYaml(operation: Operation): operation is OnYaml {
  return (ON_YAML as readonly Operation[]).includes(operation);
}

/** Operations that read the YAML of endpoints or of their deployments. */
function configOnYaml(operation: OnYaml, inputs: InputReader, env: Env): Config {
  const azure = () => readTarget(inputs, env);
  const request = (): SpecRequest => readRequest(inputs, env, operation);
  const timeout = () => inputs.duration('timeout');
  const maxConcurrency = () => inputs.integer('max-concurrency', 1, 50);
  const several = () => ({ request: request(), azure: azure(), timeout: timeout(), maxConcurrency: maxConcurrency() });
  const deploying = () => ({ deployments: inputs.words('deployments'), keepCapacity: inputs.boolean('keep-capacity') });
  const rollout = () => readRollout(inputs);
  const confirm = () => inputs.text('confirm').toLowerCase();
  const prune = () => readPrune(inputs);
  const deleteFailed = () => inputs.boolean('delete-failed');
  switch (operation) {
    case 'validate':
      return { operation, request: request(), deployments: inputs.words('deployments'), policy: inputs.text('policy') };
    case 'plan':
      return {
        operation,
        request: request(),
        azure: azure(),
        ...deploying(),
        rollout: rollout(),
        prune: prune(),
        failOnDrift: inputs.boolean('fail-on-drift'),
        comment: { mode: inputs.oneOf('comment', ['auto', 'true', 'false']), token: inputs.text('github-token') },
      };
    case 'create':
      return {
        operation,
        endpoint: readOneEndpoint(inputs, operation),
        request: request(),
        azure: azure(),
        timeout: timeout(),
      };
    case 'update':
      return { operation, ...several(), confirm: confirm() };
    case 'apply': {
      const options = { confirm: confirm(), prune: prune(), deleteFailed: deleteFailed(), rollout: rollout() };
      return { operation, ...several(), ...deploying(), ...options };
    }
    case 'rollout':
      return { operation, ...several(), rollout: rollout() };
    case 'deploy':
      return {
        operation,
        ...several(),
        ...deploying(),
        deployment: readDeployment(inputs),
        deleteFailed: deleteFailed(),
      };
  }
}

/** Operations on what Azure has. */
function configOnLive(operation: Exclude<Operation, OnYaml>, inputs: InputReader, env: Env): Config {
  const one = (): string => readOneEndpoint(inputs, operation);
  const azure = () => readTarget(inputs, env);
  const timeout = () => inputs.duration('timeout');
  const key = () => inputs.oneOf('key', ['primary', 'secondary']);
  const confirm = () => inputs.text('confirm').toLowerCase();
  switch (operation) {
    case 'show':
    case 'list':
      return { operation, select: readSelection(inputs, operation), azure: azure(), repair: readRepair(inputs) };
    case 'promote':
      return { operation, endpoint: one(), azure: azure(), timeout: timeout() };
    case 'rollback':
      return { operation, endpoint: one(), azure: azure(), confirm: confirm(), timeout: timeout() };
    case 'url':
      return { operation, endpoint: one(), azure: azure() };
    case 'token':
      return { operation, endpoint: one(), azure: azure(), key: key() };
    case 'invoke':
      return {
        operation,
        endpoint: one(),
        azure: azure(),
        deployment: readDeployment(inputs),
        requestFile: inputs.required('request-file'),
        path: readPath(inputs),
        expectStatus: inputs.integer('expect-status', 100, 599),
        key: key(),
        timeout: timeout(),
      };
    case 'logs':
      return {
        operation,
        endpoint: one(),
        azure: azure(),
        deployment: readDeployment(inputs),
        container: inputs.oneOf('container', CONTAINERS),
        tail: inputs.integer('tail', 1, MOST_LINES),
      };
    case 'regenerate-keys':
      return { operation, endpoint: one(), azure: azure(), key: key(), timeout: timeout() };
    case 'delete': {
      const deployment = readDeployment(inputs);
      return { operation, endpoint: one(), deployment, azure: azure(), confirm: confirm(), timeout: timeout() };
    }
  }
}

function readRollout(inputs: InputReader): RolloutOptions {
  const until = inputs.text('until') === '' ? undefined : inputs.integer('until', 1, 100);
  return { policy: inputs.text('policy'), until, maxDuration: inputs.duration('max-duration') };
}

/** What `deployments` names may be a part of what there is, and the rest of it would be deleted. */
function readPrune(inputs: InputReader): boolean {
  const prune = inputs.boolean('prune');
  if (prune && inputs.words('deployments').length > 0) {
    const instead = 'what it does not name would be deleted; leave one of the two out';
    inputs.fault('prune', `does not go with deployments: ${instead}`);
  }
  return prune;
}

function readRepair(inputs: InputReader): 'rollback' | undefined {
  return inputs.text('repair') === '' ? undefined : inputs.oneOf('repair', ['rollback'] as const);
}

function readDeployment(inputs: InputReader): string | undefined {
  const name = inputs.text('deployment').toLowerCase();
  if (/[\s,*?]/.test(name)) inputs.fault('deployment', `is "${name}"; give exactly one deployment name`);
  return name || undefined;
}

function readPath(inputs: InputReader): string | undefined {
  const path = inputs.text('path');
  const { pattern, words } = SCORING_PATH;
  if (path !== '' && !pattern.test(path)) inputs.fault('path', `is "${clipped(path)}"; allowed: ${words}`);
  return path || undefined;
}

/** Azure keeps no more of a log than some thousands of lines [U]. */
const MOST_LINES = 100_000;

function readSelection(inputs: InputReader, operation: Operation): string[] {
  const names = inputs
    .text('endpoint')
    .split(/[\s,]+/)
    .filter((name) => name !== '')
    .map((name) => name.toLowerCase());
  if (names.length > 0) return names;
  if (!ALL_WHEN_EMPTY.includes(operation)) inputs.fault('endpoint', 'is missing; name an endpoint, or * for all');
  return ['*'];
}

function readOneEndpoint(inputs: InputReader, operation: Operation): string {
  const name = inputs.text('endpoint').toLowerCase();
  if (!name) inputs.fault('endpoint', 'is missing');
  else if (/[\s,*?]/.test(name)) inputs.fault('endpoint', `is "${name}"; ${operation} takes exactly one endpoint name`);
  else if (!isValidName(name)) inputs.fault('endpoint', `is "${name}"; allowed: ${NAME_RULE}`);
  return name;
}

function readRequest(inputs: InputReader, env: Env, operation: Operation): SpecRequest {
  const select = operation === 'create' ? [inputs.text('endpoint').toLowerCase()] : readSelection(inputs, operation);
  return { folder: inputs.text('endpoints-dir'), select, overrides: readOverrides(inputs), env };
}

function readOverrides(inputs: InputReader): Override[] {
  const overrides: Override[] = [];
  for (const line of inputs.lines('set')) {
    const parsed = parseOverride(line);
    if ('path' in parsed) overrides.push(parsed);
    else inputs.faults.push(parsed);
  }
  for (const [name, path] of [
    ['traffic', 'traffic'],
    ['mirror-traffic', 'mirror_traffic'],
  ] as const) {
    const text = inputs.text(name);
    if (!text) continue;
    if (overrides.some((given) => given.path === path || given.path.startsWith(`${path}.`))) {
      inputs.fault(name, `and set both give ${path}; give it once`);
    }
    try {
      overrides.push({ path, value: JSON.stringify(parseTraffic(text)) });
    } catch (error) {
      if (!(error instanceof InputFaults)) throw error;
      for (const { message } of error.faults) inputs.fault(name, message);
    }
  }
  return overrides;
}

/** A runner fills in defaults, so an input equal to its default counts as not given. */
function isUnused(name: InputName, operation: Operation, raw: RawInput): boolean {
  const { operations, default: fallback, expression, variable } = inputDefinition(name);
  const value = raw(name).trim();
  // Settings of the workspace are often given to every step alike; only what changes a result is worth a word.
  const filledIn = value === fallback || expression !== undefined;
  return value !== '' && !filledIn && variable === undefined && !operations.includes(operation);
}
