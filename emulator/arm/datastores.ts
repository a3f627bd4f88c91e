import { isObject, json, parseJson } from '../http.ts';
import type { JsonObject, Reply } from '../http.ts';
import { drawGuid } from '../randomness.ts';
import type { State, Workspace } from '../state.ts';
import { containerSas, containerUrl } from '../storage.ts';
import { fullSystemData } from './asset-view.ts';
import type { Context } from './context.ts';
import { workspaceId } from './endpoint-view.ts';
import { badRequest, unverified } from './errors.ts';
import { resourceNotFound } from './not-found.ts';
import { page } from './paging.ts';
import { provider, sameName } from './path.ts';

/** The one that clients upload to. Azure makes three more, which nothing here needs. */
const name = 'workspaceblobstore';

const hour = 60 * 60_000;

const credentialsTypes = { key: 'AccountKey', sas: 'Sas', none: 'None' } as const;

export function getDatastore(context: Context): Reply {
  if (!isKnown(context)) return datastoreNotFound(context);
  return json(200, renderDatastore(context));
}

/** `isDefault=false` leaves nothing. */
export function listDatastores(context: Context): Reply {
  const wantsOthers = /^false$/i.test(context.request.query.get('isDefault') ?? '');
  return page(context, wantsOthers ? [] : [renderDatastore(context)]);
}

/**
 * `POST …/listSecrets`. A client that asks for a secret that expires gets a signature instead of the key: azure-ai-ml sends
 * `expirableSecret` for that since 1.18 (`_datastore_operations.py`). What Azure answers when there is none is [U].
 */
export function listSecrets(context: Context): Reply {
  if (!isKnown(context)) return datastoreNotFound(context);
  const { state, workspace, request, now } = context;
  const { storage, secrets } = state;
  const body = parseJson(request.text);
  const expirable = isObject(body) && body['expirableSecret'] === true;
  if (storage.credentials === 'none') {
    return badRequest(
      context,
      unverified(`Datastore '${name}' has no credentials; its account takes Entra ID's tokens`),
    );
  }
  if (storage.credentials === 'key' && !expirable) {
    secrets.push(storage.key);
    return json(200, { secretsType: 'AccountKey', key: storage.key });
  }
  return json(200, { secretsType: 'Sas', sasToken: issueSas(state, containerOf(state, workspace), now) });
}

/**
 * `POST codes/N/versions/V/startPendingUpload`: a fresh container, named and addressed as in azure-cli-extensions#6662, and
 * a SAS for it whatever the datastore hands out. [U]
 */
export function startPendingUpload(context: Context): Reply {
  const { state, workspace, now } = context;
  const container = `${workspace.id.slice(0, 10)}-${drawGuid(state.randomness)}`;
  state.promisedContainers.push(container);
  const blobUri = withPort(containerUrl(state.storage, container));
  const sasUri = `${blobUri}?${issueSas(state, container, now)}`;
  const group = `/subscriptions/${state.subscriptionId}/resourceGroups/${workspace.resourceGroup}`;
  return json(200, {
    blobReferenceForConsumption: {
      blobUri,
      storageAccountArmId: `${group}/providers/Microsoft.Storage/storageAccounts/${state.storage.accountName}`,
      credential: { credentialType: 'SAS', sasUri },
    },
    pendingUploadId: context.names.join(':'),
    pendingUploadType: 'TemporaryBlobReference',
  });
}

/** Azure names also the usual port (azure-cli-extensions#6662). */
function withPort(address: string): string {
  return address.replace(/^https:\/\/([^/:]+)\//, 'https://$1:443/');
}

/** The containers of all workspaces. */
export function containersOf(state: State): ReadonlySet<string> {
  return new Set(state.workspaces.map((workspace) => containerOf(state, workspace)));
}

/** `azureml-blobstore-` and the workspace's id, as Azure names it, unless told. */
function containerOf({ storage }: State, { id }: Workspace): string {
  return storage.container ?? `azureml-blobstore-${id}`;
}

function renderDatastore({ state, workspace }: Context): JsonObject {
  const { accountName, endpoint, protocol, credentials } = state.storage;
  const made = { createdAt: workspace.createdAt, modifiedAt: workspace.createdAt };
  return {
    id: `${workspaceId(state, workspace)}/datastores/${name}`,
    name,
    type: `${provider}/workspaces/datastores`,
    properties: {
      description: null,
      tags: null,
      properties: null,
      isDefault: true,
      credentials: { credentialsType: credentialsTypes[credentials] },
      datastoreType: 'AzureBlob',
      accountName,
      containerName: containerOf(state, workspace),
      endpoint,
      protocol,
      serviceDataAccessAuthIdentity: 'WorkspaceSystemAssignedIdentity',
    },
    systemData: fullSystemData(made, workspace.id),
  };
}

function issueSas(state: State, container: string, now: number): string {
  const token = containerSas(state.storage, container, now + hour);
  state.secrets.push(token, new URLSearchParams(token).get('sig') ?? '');
  return token;
}

function isKnown({ names }: Context): boolean {
  return sameName(names[0] ?? '', name);
}

function datastoreNotFound({ workspace, path, names }: Context): Reply {
  return resourceNotFound(`workspaces/${workspace.name}/datastores/${names[0] ?? ''}`, path.group ?? '');
}
