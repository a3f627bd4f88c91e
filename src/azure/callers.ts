import type { KeyName } from '../config/config.ts';
import { Failure } from '../failure.ts';
import { isObject, type JsonObject, textAt } from '../json.ts';
import { authMode, type LiveEndpoint, liveName } from '../plan/live.ts';
import type { ArmResponse, Workspace } from './connect.ts';
import { endpointPath } from './endpoints.ts';

/** What a caller of an endpoint sends as `Authorization: Bearer …`. Masked before it is returned. */
export interface CallerCredential {
  readonly token: string;
  readonly type: 'key' | 'aml_token' | 'aad_token';
  /** Milliseconds since 1970; keys do not expire. */
  readonly expiresAt?: number;
}

/**
 * A credential for the endpoint's own authentication mode.
 * Source: Microsoft Learn, "Authenticate clients for online endpoints".
 */
export async function callerCredential(
  workspace: Workspace,
  live: LiveEndpoint,
  key: KeyName,
): Promise<CallerCredential> {
  const name = liveName(live);
  switch (authMode(live)) {
    case 'Key':
      return { token: (await listKeys(workspace, name))[key], type: 'key' };
    case 'AMLToken':
      return amlToken(workspace, name);
    case 'AADToken':
      return entraToken(workspace);
    default:
      throw new Failure(`endpoint ${name} has an authentication mode that this version does not know`, {
        nextStep: 'Use a newer version of this action, or `auth_mode: key`, `aml_token` or `aad_token`.',
      });
  }
}

/** Both keys of an endpoint with key authentication, masked. */
export async function listKeys(workspace: Workspace, name: string): Promise<Record<KeyName, string>> {
  const path = `${endpointPath(name)}/listKeys`;
  const expects = has('primaryKey', 'secondaryKey');
  const response = await workspace.send({ method: 'POST', path, repeat: 'always', expects });
  return {
    primary: secretAt(workspace, response, 'primaryKey'),
    secondary: secretAt(workspace, response, 'secondaryKey'),
  };
}

/**
 * Makes Azure put a new key in the place of an old one. Not to be repeated blindly: each call replaces the key again.
 * Without `keyValue` the service makes the value itself [U]; `azure-ai-ml` sends the present one.
 */
export function regenerateKey(workspace: Workspace, name: string, key: KeyName): Promise<ArmResponse> {
  const body = { keyType: key === 'primary' ? 'Primary' : 'Secondary' };
  return workspace.send({ method: 'POST', path: `${endpointPath(name)}/regenerateKeys`, body, repeat: 'if-untouched' });
}

async function amlToken(workspace: Workspace, name: string): Promise<CallerCredential> {
  const path = `${endpointPath(name)}/token`;
  const response = await workspace.send({ method: 'POST', path, repeat: 'always', expects: has('accessToken') });
  const token = secretAt(workspace, response, 'accessToken');
  const expiry = Number(bodyOf(response)['expiryTimeUtc']);
  return { token, type: 'aml_token', ...(expiry > 0 ? { expiresAt: expiry * 1_000 } : {}) };
}

async function entraToken(workspace: Workspace): Promise<CallerCredential> {
  const { token, expiresAt } = await workspace.token(`${workspace.target.cloud.machineLearning}/.default`);
  return { token, type: 'aad_token', expiresAt };
}

function secretAt(workspace: Workspace, response: ArmResponse, field: string): string {
  const secret = textAt(bodyOf(response), field) ?? '';
  workspace.report.mask(secret);
  return secret;
}

function has(...fields: readonly string[]): (body: unknown) => boolean {
  return (body) => isObject(body) && fields.every((field) => textAt(body, field));
}

function bodyOf(response: ArmResponse): JsonObject {
  return isObject(response.body) ? response.body : {};
}
