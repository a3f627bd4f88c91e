/** An ARM path, taken apart. */
export interface Path {
  readonly subscription: string;
  readonly group: string | undefined;
  /** The types after the provider in their usual spelling; the last one may be an action such as `listKeys`. */
  readonly types: readonly string[];
  /** The name that follows each type; one less than `types` when the path ends in a collection or an action. */
  readonly names: readonly string[];
}

export const provider = 'Microsoft.MachineLearningServices';

/** Azure Monitor's part of any resource, an action of its own. */
export const metrics = 'Microsoft.Insights/metrics';

const spellings = [
  'workspaces',
  'onlineEndpoints',
  'deployments',
  'listKeys',
  'regenerateKeys',
  'token',
  'getLogs',
  'locations',
  'mfeOperationsStatus',
  'mfeOperationResults',
  'models',
  'environments',
  'codes',
  'data',
  'versions',
  'startPendingUpload',
  'datastores',
  'listSecrets',
  'usages',
  'quotas',
  'vmSizes',
];

/** Takes apart `/subscriptions/S[/resourceGroups/R]/providers/Microsoft.MachineLearningServices/…`. Case is ignored. */
export function parsePath(path: string): Path | undefined {
  // What another provider adds to a resource stands behind it.
  const own = path.replace(/\/providers\/Microsoft\.Insights\/metrics$/i, '');
  const match =
    /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?(?:\/providers\/([^/]+)((?:\/[^/]+)+))?\/?$/i.exec(own);
  if (!match) return undefined;
  const [, subscription = '', group, namespace, rest = ''] = match;
  if (namespace !== undefined && namespace.toLowerCase() !== provider.toLowerCase()) return undefined;
  const segments = rest.split('/').slice(1).map(decode);
  const types = segments.filter((_, index) => index % 2 === 0).map(spelling);
  return {
    subscription: decode(subscription),
    group: group === undefined ? undefined : decode(group),
    types: [...types, ...(own === path ? [] : [metrics])],
    names: segments.filter((_, index) => index % 2 === 1),
  };
}

/** The path with a star for each name, as a table of routes writes it. */
export function shape(path: Path): string {
  return path.types.flatMap((type, index) => (index < path.names.length ? [type, '*'] : [type])).join('/');
}

/** The role action that a request needs, such as `Microsoft.MachineLearningServices/workspaces/read`. */
export function actionOf(method: string, path: Path): string {
  const verb = { GET: 'read', PUT: 'write', PATCH: 'write', DELETE: 'delete' }[method] ?? 'action';
  if (path.types.at(-1) === metrics) return `${metrics}/${verb}`.toLowerCase();
  return [provider, ...path.types, verb].join('/');
}

/** The ARM id of what a path names; for a collection or an action, of its parent. */
export function scopeOf(path: Path): string {
  const named = path.types.slice(0, path.names.length).map((type, index) => `/${type}/${path.names[index]}`);
  const group = path.group === undefined ? '' : `/resourceGroups/${path.group}`;
  return `/subscriptions/${path.subscription}${group}/providers/${provider}${named.join('')}`;
}

export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function spelling(type: string): string {
  return spellings.find((known) => sameName(known, type)) ?? type;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
