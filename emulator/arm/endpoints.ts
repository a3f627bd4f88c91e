import { empty, json } from '../http.ts';
import type { JsonObject, Reply } from '../http.ts';
import type { Endpoint, EndpointBody, Operation } from '../state.ts';
import type { Context } from './context.ts';
import { parseEndpoint } from './endpoint-body.ts';
import { selected } from './endpoint-filter.ts';
import { isManaged, renderEndpoint } from './endpoint-view.ts';
import { badRequest, busy, unverified } from './errors.ts';
import { parseIdentity } from './identity.ts';
import { checkName } from './names.ts';
import { newEndpoint } from './new-resources.ts';
import { endpointNotFound, endpointNotYet } from './not-found.ts';
import { ghostOf, operationHeaders, startOperation } from './operations.ts';
import { page } from './paging.ts';
import { sameName } from './path.ts';
import { isBusy, observe, peek } from './reading.ts';
import { parseStrings } from './strings.ts';
import { parseContent } from './tracked-body.ts';
import { faultOfTraffic } from './traffic.ts';

export function getEndpoint(context: Context): Reply {
  const endpoint = findEndpoint(context) ?? ghost(context);
  if (!endpoint) return endpointNotFound(context);
  const body = observe(endpoint);
  return body ? json(200, view(context, endpoint, body)) : endpointNotYet(context);
}

/** The newest first (test_online_endpoint_list.yaml). */
export function listEndpoints(context: Context): Reply {
  const inWorkspace = context.state.endpoints.filter(({ workspace }) => workspace === context.workspace);
  const listed = inWorkspace.toReversed().flatMap((endpoint) => {
    const body = peek(endpoint);
    return body ? [{ endpoint, body }] : [];
  });
  const found = selected(listed, context.request.query);
  return page(
    context,
    found.map(({ endpoint, body }) => view(context, endpoint, body)),
  );
}

/**
 * Creates or replaces. Azure answers 201 to both, and to an update with the old body (recordings of
 * azure-cli-extensions, test_online_endpoint_update.yaml).
 */
export function putEndpoint(context: Context): Reply {
  const body = parseEndpoint(context);
  const endpoint = findEndpoint(context);
  const { traffic, mirrorTraffic } = body.properties;
  const fault = faultOfTraffic(traffic, mirrorTraffic, endpoint?.deployments ?? [], isManaged(body));
  if (fault !== undefined) return badRequest(context, unverified(fault));
  if (!isManaged(body) && body.properties.authMode === 'AADToken') {
    return badRequest(context, unverified('AADToken is supported by managed online endpoints only'));
  }
  return endpoint ? replaceEndpoint(context, endpoint, body) : createEndpoint(context, body);
}

export function patchEndpoint(context: Context): Reply {
  const endpoint = findEndpoint(context);
  if (!endpoint) return endpointNotFound(context);
  const content = parseContent(context.request.text);
  if (isBusy(endpoint)) return busyEndpoint(context, 'update', endpoint);
  const { body } = endpoint;
  endpoint.next = {
    ...body,
    tags: 'tags' in content ? parseStrings(content['tags'], 'tags') : body.tags,
    identity: 'identity' in content ? parseIdentity(content['identity']) : body.identity,
  };
  const operation = startOperation(context, { endpoint }, { kind: 'update' });
  return json(202, view(context, endpoint, body), operationHeaders(context, operation));
}

/** Deletes it with its deployments, also live ones: nothing guards them (docs, how-to-deploy-online-endpoints). */
export function deleteEndpoint(context: Context): Reply {
  const endpoint = findEndpoint(context);
  if (!endpoint) return empty(204);
  if (isBusy(endpoint)) return busyEndpoint(context, 'delete', endpoint);
  const operation = startOperation(context, { endpoint }, { kind: 'delete' });
  return json(202, null, operationHeaders(context, operation));
}

export function findEndpoint({ state, workspace, names }: Context): Endpoint | undefined {
  return state.endpoints.find(
    (endpoint) => endpoint.workspace === workspace && sameName(endpoint.name, names[0] ?? ''),
  );
}

function ghost(context: Context): Endpoint | undefined {
  const { workspace, names } = context;
  return ghostOf(
    context,
    ({ endpoint, deployment }) =>
      !deployment && endpoint.workspace === workspace && sameName(endpoint.name, names[0] ?? ''),
  )?.endpoint;
}

function createEndpoint(context: Context, body: EndpointBody): Reply {
  const { state, workspace, now } = context;
  const name = (context.names[0] ?? '').toLowerCase();
  checkName(name);
  if (isTaken(context, name)) {
    // The words are as quoted in Azure/mlops-project-template#29.
    const message = 'There is already an endpoint with this name, Endpoint name needs to be unique within a region';
    return badRequest(context, message);
  }
  const endpoint = newEndpoint(state, workspace, name, body, now);
  state.endpoints.push(endpoint);
  const operation = startOperation(context, { endpoint }, { kind: 'create' });
  return accepted(context, endpoint, operation);
}

function replaceEndpoint(context: Context, endpoint: Endpoint, body: EndpointBody): Reply {
  if (isBusy(endpoint)) return busyEndpoint(context, 'update', endpoint);
  if (body.properties.compute !== endpoint.body.properties.compute) {
    return badRequest(context, unverified('The compute of an endpoint cannot be changed'));
  }
  endpoint.next = withWhatStays(endpoint.body, body);
  return accepted(context, endpoint, startOperation(context, { endpoint }, { kind: 'update' }));
}

/**
 * A PUT that leaves the description out keeps it, and one that asks for another authMode is taken but keeps that too
 * (test_online_endpoint_update_with_incomplete_file.yaml, which asks for Key and stays AMLToken). That a change to or from
 * AADToken is made is what the docs say (how-to-authenticate-online-endpoint).
 */
function withWhatStays(before: EndpointBody, asked: EndpointBody): EndpointBody {
  const { authMode, description } = before.properties;
  const changes = [authMode, asked.properties.authMode].includes('AADToken');
  return {
    ...asked,
    properties: {
      ...asked.properties,
      authMode: changes ? asked.properties.authMode : authMode,
      description: asked.properties.description ?? description,
    },
  };
}

function accepted(context: Context, endpoint: Endpoint, operation: Operation): Reply {
  const location = `${context.state.url}${context.request.path}?api-version=${context.version}`;
  return json(201, view(context, endpoint, endpoint.body), operationHeaders(context, operation, location));
}

function isTaken({ state, workspace }: Context, name: string): boolean {
  const inRegion = state.endpoints.filter((endpoint) => endpoint.workspace.location === workspace.location);
  return state.takenNames.some((taken) => sameName(taken, name)) || inRegion.some((other) => other.name === name);
}

function busyEndpoint(context: Context, attempt: 'update' | 'delete', endpoint: Endpoint): Reply {
  return busy(context, `${attempt} endpoint ${endpoint.name}`, endpoint.provisioningState);
}

function view({ state, version }: Context, endpoint: Endpoint, body: EndpointBody): JsonObject {
  return renderEndpoint(state, endpoint, body, version);
}
