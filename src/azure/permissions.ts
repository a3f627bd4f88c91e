/**
 * Built-in roles that have an action, the smallest first.
 * Source: Microsoft Learn, "Authenticate and authorize for online endpoints" and "Azure built-in roles for AI + machine
 * learning".
 */
const ROLES: readonly (readonly [RegExp, string])[] = [
  [/\/onlineendpoints\/score\/action$/i, 'AzureML Data Scientist'],
  [
    /microsoft\.machinelearningservices\/workspaces\/(onlineendpoints|computes|models|environments|codes|data|datastores)\b/i,
    'AzureML Data Scientist',
  ],
  [/microsoft\.machinelearningservices\/.*\/read$/i, 'Reader'],
  [/microsoft\.insights\/metrics/i, 'Monitoring Reader'],
];

/** The action and scope that a 403 of ARM names, and a role that would do. */
export interface MissingPermission {
  /** `Microsoft.MachineLearningServices/workspaces/onlineEndpoints/write` */
  readonly action: string;
  readonly scope: string | undefined;
  readonly role: string;
}

/** Reads the sentence of ARM's `AuthorizationFailed`; `undefined` for a 403 of another kind, such as a policy's. */
export function missingPermission(message: string): MissingPermission | undefined {
  const action = /perform action '([^']+)'/i.exec(message)?.[1];
  if (!action) return undefined;
  const role = ROLES.find(([pattern]) => pattern.test(action))?.[1] ?? 'Contributor';
  return { action, scope: /over scope '([^']+)'/i.exec(message)?.[1], role };
}
