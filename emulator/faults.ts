import { actionOf, parsePath } from './arm/path.ts';
import type { DeploymentFault } from './deployment-failures.ts';
import type { JsonObject, Request } from './http.ts';

/** Which request, how often, and what goes wrong. */
export interface FaultRule {
  readonly match?: Match;
  /** How many matching requests it befalls. 1 unless told; `always` for no end. */
  readonly times?: number | 'always';
  /** How many matching requests it lets pass first. */
  readonly after?: number;
  readonly then: Consequence;
}

/** All that is given must hold; an empty match holds for every request. */
export interface Match {
  readonly method?: string;
  /** A part of the path with its query, case aside; or an expression between slashes, `/…$/`. */
  readonly path?: string;
  /** The end of the role action that the request needs, such as `onlineEndpoints/write`; see `actionOf`. */
  readonly operation?: string;
}

/** One kind of trouble; `delay` may stand beside any other. */
export interface Consequence {
  /** Milliseconds before the answer. */
  readonly delay?: number;
  /** Answered with this status, `body` (JSON, or text as it is) and `headers`; the request is not performed. */
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection is cut; the request is not performed. */
  readonly reset?: true;
  /** The request is performed, then the connection is cut without an answer. */
  readonly 'reset-after'?: true;
  /** Never answered, not performed. */
  readonly hang?: true;
  /** Performed; the connection is cut in the middle of the answer. */
  readonly truncate?: true;
  /** Answered 200 with something else than asked for: a web page, or JSON of the wrong shape. Not performed. */
  readonly garbage?: true | 'html' | 'json';
  /** Performed; the long-running operation that it starts ends as told. */
  readonly operation?: OperationFault;
  /** Performed; the deployment that it writes fails as told, or its container writes as told. */
  readonly deployment?: DeploymentFault;
  /** Performed; so many reads of it after its success still show what was before, also what is deleted. */
  readonly stale?: number;
  /** Refused as if the access token had just expired. */
  readonly 'expire-token'?: true;
  /** Refused as if the client's roles lacked the action. */
  readonly deny?: true;
}

export interface OperationFault {
  readonly status?: 'Failed' | 'Canceled';
  /** The `error` of the operation's status. */
  readonly error?: JsonObject;
  readonly never?: true;
  /** Its length in milliseconds. */
  readonly takes?: number;
}

/** A rule at work, with what it has seen so far. */
export interface Rule extends FaultRule {
  seen: number;
  fired: number;
}

/** The consequence of the first rule that takes the request. The rules behind it do not get to see it. */
export function takeFault(rules: readonly Rule[], request: Request): Consequence | undefined {
  for (const rule of rules) {
    if (isSpent(rule) || !matches(rule.match ?? {}, request)) continue;
    rule.seen += 1;
    if (rule.seen <= (rule.after ?? 0)) continue;
    rule.fired += 1;
    return rule.then;
  }
  return undefined;
}

/** The regular expression that `/…/` writes, or `undefined` for plain text. Throws when it is faulty. */
export function expressionOf(path: string): RegExp | undefined {
  const source = /^\/(.+)\/$/s.exec(path)?.[1];
  return source === undefined ? undefined : new RegExp(source, 'i');
}

function isSpent({ times = 1, fired }: Rule): boolean {
  return times !== 'always' && fired >= times;
}

function matches({ method, path, operation }: Match, request: Request): boolean {
  if (method !== undefined && method.toUpperCase() !== request.method) return false;
  if (path !== undefined && !matchesPath(path, request.target)) return false;
  if (operation === undefined) return true;
  const arm = parsePath(request.path);
  return arm !== undefined && actionOf(request.method, arm).toLowerCase().endsWith(operation.toLowerCase());
}

function matchesPath(wanted: string, path: string): boolean {
  const expression = expressionOf(wanted);
  return expression ? expression.test(path) : path.toLowerCase().includes(wanted.toLowerCase());
}
