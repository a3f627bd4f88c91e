import { failureNames } from './deployment-failures.ts';
import { expressionOf } from './faults.ts';
import type { FaultRule } from './faults.ts';
import { isObject } from './http.ts';
import type { JsonObject } from './http.ts';

const kinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  status: isCount,
  reset: isTrue,
  'reset-after': isTrue,
  hang: isTrue,
  truncate: isTrue,
  garbage: (value) => value === true || value === 'html' || value === 'json',
  operation: isOperation,
  deployment: isDeployment,
  stale: isCount,
  'expire-token': isTrue,
  deny: isTrue,
};

const hints: Readonly<Record<string, string>> = {
  deployment: `; it names a failure, or has 'failure', 'error', 'log'. Failures are ${failureNames.join(', ')}`,
};

/** The rules that a client posts: one, or a list. Throws with what is wrong, and what would be allowed. */
export function parseFaults(value: unknown): FaultRule[] {
  return (Array.isArray(value) ? value : [value]).map(parseFault);
}

function parseFault(value: unknown): FaultRule {
  const rule = onlyKeys(value, 'a fault', ['match', 'times', 'after', 'then']);
  const match = onlyKeys(rule['match'] ?? {}, 'match', ['method', 'path', 'operation']);
  for (const [name, text] of Object.entries(match)) expect(typeof text === 'string', `match.${name} must be a string`);
  if (typeof match['path'] === 'string') expressionOf(match['path']);
  const { times = 1, after = 0 } = rule;
  expect(times === 'always' || isCount(times), "times must be a whole number or 'always'");
  expect(isCount(after), 'after must be a whole number');
  checkConsequence(onlyKeys(rule['then'], 'then', [...Object.keys(kinds), 'delay', 'body', 'headers']));
  return value as FaultRule;
}

function checkConsequence(then: JsonObject): void {
  const chosen = Object.keys(then).filter((name) => name in kinds);
  expect(chosen.length <= 1, `then has more than one kind of trouble: ${chosen.join(', ')}`);
  expect(
    chosen.length === 1 || isCount(then['delay']),
    `then must have 'delay' or one of ${Object.keys(kinds).join(', ')}`,
  );
  expect('status' in then || !('body' in then || 'headers' in then), 'then.body and then.headers need then.status');
  for (const name of chosen)
    expect(kinds[name]?.(then[name]) === true, `then.${name} has a value that is not allowed${hints[name] ?? ''}`);
}

function isOperation(value: unknown): boolean {
  const allowed = ['status', 'error', 'never', 'takes'];
  if (!isObject(value) || Object.keys(value).some((key) => !allowed.includes(key))) return false;
  const { status = 'Failed', error = {}, never = true, takes = 0 } = value;
  return ['Failed', 'Canceled'].includes(String(status)) && isObject(error) && isTrue(never) && isCount(takes);
}

function isDeployment(value: unknown): boolean {
  const isFailure = (name: unknown): boolean => failureNames.some((known) => known === name);
  if (!isObject(value)) return isFailure(value);
  if (Object.keys(value).some((key) => !['failure', 'error', 'log'].includes(key))) return false;
  const { failure, error, log = [] } = value;
  if (failure === undefined ? error !== undefined : !isFailure(failure)) return false;
  return (
    (error === undefined || isObject(error)) && Array.isArray(log) && log.every((line) => typeof line === 'string')
  );
}

function onlyKeys(value: unknown, name: string, allowed: readonly string[]): JsonObject {
  if (!isObject(value)) throw new Error(`${name} must be an object`);
  const unknown = Object.keys(value).find((key) => !allowed.includes(key));
  expect(unknown === undefined, `${name} has no '${unknown}'; it has ${allowed.join(', ')}`);
  return value;
}

function expect(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

function isTrue(value: unknown): boolean {
  return value === true;
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
