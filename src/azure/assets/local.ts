import { type LocalContent, readContent } from '../../assets/content.ts';
import { discreet } from '../../assets/faults.ts';
import { shownContent } from '../../assets/names.ts';
import type { Files } from '../../deps.ts';
import type { Content } from '../../spec/deployment/model.ts';
import type { Workspace } from '../connect.ts';
import { DATASTORE, workspaceDatastore } from '../storage/datastore.ts';
import { startReading } from '../storage/progress.ts';
import type { Uploader } from '../storage/upload.ts';
import type { Session } from './session.ts';

interface Named {
  readonly name: string;
  readonly version: string;
}

/** What an asset is made of, wherever it is. */
export interface Material {
  /** Tells one content from another. */
  readonly identity: string;
  /** What azure-ai-ml takes in place of `identity`, where it is another. */
  readonly knownAs?: string;
  readonly shown: string;
  /** Present for what is on this machine. */
  readonly local?: LocalContent;
  /** Whether what is at an address that Azure shows has this content, whatever its folder is called. */
  hasContent(uri: string): boolean;
  /** Whether an address that Azure shows is that of this content. */
  isAt(uri: string): boolean;
  /**
   * Uploads what is not there yet.
   * @param within the workspace with the limits of whoever needs the address
   * @param scheme how the service wants the address: as a path of the datastore, or as that of a blob
   * @returns the address
   */
  address(scheme: 'azureml' | 'https', asset: Named, within: Workspace): Promise<string>;
}

/** @throws InputFaults for local files that cannot be uploaded, or the file system's own error */
export async function materialOf(session: Session, content: Content): Promise<Material> {
  if ('uri' in content) return remote(session.workspace, content.uri, content.shown);
  const { files, workspace } = session;
  const { local: path, shown = path } = content;
  const read = await session
    .once(`content ${path}`, () =>
      session.hashing(() =>
        readContent(files, path, workspace.limits.signal, (bytes) =>
          startReading(workspace, { path: shown, bytes, why: 'which is named by its content' }),
        ),
      ),
    )
    .catch((error: unknown) => {
      throw discreet(error, path, shown);
    });
  const local = { ...read, path: shown };
  // `az-ml-artifacts` is where older versions of azure-ai-ml uploaded to.
  const hashes = [local.uploadHash, ...(local.knownAs ? [local.knownAs] : [])].join('|');
  const place = new RegExp(`/(LocalUpload|az-ml-artifacts)/(${hashes})(/|$)`, 'i');
  return {
    identity: local.uploadHash,
    ...(local.knownAs ? { knownAs: local.knownAs } : {}),
    shown: shownContent(shown, local.uploadHash),
    local,
    hasContent: (uri) => place.test(uri),
    isAt: (uri) => place.test(uri) && uri.replace(/\/+$/, '').endsWith(`/${local.name}`),
    async address(scheme, asset, within) {
      const uploader = await session.once('uploader', () => openUploaderOf(files, within), within);
      const upload = (): Promise<string> => uploader.upload(local, asset, within);
      const at = await session.once(`upload ${local.uploadHash}/${local.name}`, upload, within);
      return scheme === 'azureml'
        ? datastoreUri(workspace, DATASTORE, at)
        : `${uploader.container.datastore.url}/${at}`;
    },
  };
}

/** The client of the storage is large, and most runs upload nothing. */
async function openUploaderOf(files: Files, workspace: Workspace): Promise<Uploader> {
  const datastore = await workspaceDatastore(workspace);
  const [{ openContainer }, { openUploader }] = await Promise.all([
    import('../storage/container.ts'),
    import('../storage/upload.ts'),
  ]);
  return openUploader(workspace, files, await openContainer(workspace, datastore));
}

/** Azure is told the long form of a path in a datastore, as azure-ai-ml tells it (`resolve_short_datastore_url`). */
function remote(workspace: Workspace, uri: string, shown = uri): Material {
  const [, datastore, path] = /^azureml:\/\/datastores\/([^/]+)\/paths\/(.+)$/.exec(uri) ?? [];
  const whole = datastore !== undefined && path !== undefined ? datastoreUri(workspace, datastore, path) : uri;
  const plain = (text: string) => text.replace(/\/+$/, '').toLowerCase();
  const isAt = (other: string) => plain(other) === plain(whole);
  return {
    identity: whole,
    shown,
    hasContent: isAt,
    isAt,
    address: async () => whole,
  };
}

/** Source: azure-ai-ml `LONG_URI_FORMAT`. */
function datastoreUri({ target }: Workspace, datastore: string, path: string): string {
  const { subscriptionId, resourceGroup, workspaceName } = target;
  return (
    `azureml://subscriptions/${subscriptionId}/resourcegroups/${resourceGroup}/workspaces/${workspaceName}` +
    `/datastores/${datastore}/paths/${path}`
  );
}
