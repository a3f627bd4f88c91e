import { json } from '../http.ts';
import type { Reply } from '../http.ts';
import type { AuthMode, Endpoint } from '../state.ts';
import { issueToken } from '../tokens.ts';
import type { Context } from './context.ts';
import { endpointId } from './endpoint-view.ts';
import { findEndpoint } from './endpoints.ts';
import { badRequest, busy, unverified } from './errors.ts';
import { newKey } from './new-resources.ts';
import { endpointNotFound } from './not-found.ts';
import { operationHeaders, startOperation } from './operations.ts';
import { isBusy } from './reading.ts';
import { parseString, parseWord } from './strings.ts';
import { parseContent } from './tracked-body.ts';

/** The issuer of the tokens that endpoints in AMLToken mode take. */
export const amlTokenIssuer = 'azureml';

/** `POST …/listKeys`. */
export function listKeys(context: Context): Reply {
  return inMode(context, 'Key', ({ keys }) => json(200, { primaryKey: keys.Primary, secondaryKey: keys.Secondary }));
}

/** `POST …/token`. Times are in seconds since 1970; half the life is `refreshAfter` (test_online_endpoint_invoke.yaml). */
export function getToken(context: Context): Reply {
  return inMode(context, 'AMLToken', (endpoint) => {
    const { state, now } = context;
    const lifetime = state.behaviour.amlTokenLifetime;
    const id = endpointId(state, endpoint);
    return json(200, {
      accessToken: issueToken(state, { iss: amlTokenIssuer, sub: state.identity.objectId, aud: id }, now, lifetime),
      tokenType: 'Bearer',
      expiryTimeUtc: Math.ceil((now + lifetime) / 1000),
      refreshAfterTimeUtc: Math.floor((now + lifetime / 2) / 1000),
    });
  });
}

/**
 * `POST …/regenerateKeys`. A `keyValue` becomes the key; the current one asks for a fresh key, because that is what
 * azure-ai-ml sends to rotate (`_regenerate_online_keys`). [U]
 */
export function regenerateKeys(context: Context): Reply {
  return inMode(context, 'Key', (endpoint) => {
    const content = parseContent(context.request.text);
    const keyType = parseWord(content['keyType'], 'keyType', ['Primary', 'Secondary']);
    const wanted = content['keyValue'] ?? undefined;
    const given = wanted === undefined ? undefined : parseString(wanted, 'keyValue');
    if (isBusy(endpoint)) return busy(context, `update endpoint ${endpoint.name}`, endpoint.provisioningState);
    const isNew = given !== undefined && given !== endpoint.keys[keyType];
    if (isNew) context.state.secrets.push(given);
    const value = isNew ? given : newKey(context.state);
    const operation = startOperation(context, { endpoint }, { kind: 'keys', keyType, value });
    return json(202, null, operationHeaders(context, operation));
  });
}

function inMode(context: Context, mode: AuthMode, answer: (endpoint: Endpoint) => Reply): Reply {
  const endpoint = findEndpoint(context);
  if (!endpoint) return endpointNotFound(context);
  const { authMode } = endpoint.body.properties;
  if (authMode !== mode) {
    return badRequest(context, unverified(`Endpoint '${endpoint.name}' has authMode ${authMode}, not ${mode}`));
  }
  return answer(endpoint);
}
