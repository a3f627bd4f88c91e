import { isObject } from '../http.ts';
import type { JsonObject } from '../http.ts';
import { guidOf } from '../randomness.ts';
import type { ResourceIdentity } from '../state.ts';
import { BodyFault } from './body-fault.ts';
import { parseWord } from './strings.ts';

const types = ['None', 'SystemAssigned', 'UserAssigned', 'SystemAssigned,UserAssigned'] as const;

/**
 * The identity that a body asks for. Case and blanks do not matter (azureml-examples, deploy-rest.sh, sends
 * `systemAssigned`). Without one an endpoint has a system-assigned identity (docs, concept-endpoints-online-auth); that
 * a PUT without it resets the identity is [U].
 */
export function parseIdentity(value: unknown): ResourceIdentity {
  if (value === undefined || value === null) return { type: 'SystemAssigned', userAssigned: [] };
  if (!isObject(value)) throw new BodyFault('identity must be an object');
  const type = parseWord(value['type'], 'identity.type', types);
  const map = value['userAssignedIdentities'] ?? {};
  if (!isObject(map)) throw new BodyFault('identity.userAssignedIdentities must be an object');
  const userAssigned = type.includes('UserAssigned') ? Object.keys(map) : [];
  if (type.includes('UserAssigned') && userAssigned.length === 0) {
    throw new BodyFault(`identity.type '${type}' names no identity`);
  }
  return { type, userAssigned };
}

const noPrincipal = '00000000-0000-0000-0000-000000000000';

/**
 * An identity as ARM shows it, with the ids that the service fills in. One that is assigned by the user alone has a
 * principal of zeros (test_endpoint_create_with_uai.yaml).
 */
export function renderIdentity(identity: ResourceIdentity, principalId: string, tenantId: string): JsonObject {
  const { type, userAssigned } = identity;
  const ids = userAssigned.map((id) => [
    id,
    { principalId: guidOf(`principal ${id}`), clientId: guidOf(`client ${id}`) },
  ]);
  return {
    type,
    ...(type === 'None' ? {} : { principalId: type.startsWith('System') ? principalId : noPrincipal, tenantId }),
    ...(ids.length > 0 ? { userAssignedIdentities: Object.fromEntries(ids) } : {}),
  };
}
