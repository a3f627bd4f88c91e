import { sameAsset } from '../../plan/deployment/assets.ts';
import type { AssetReference } from '../../spec/deployment/model.ts';
import { nearest } from '../../spec/nearest.ts';
import { textAt } from '../../json.ts';
import { type Found, NOUN } from './found.ts';
import { knownVersion } from './registering.ts';
import type { Session } from './session.ts';
import { type AssetKind, latestOf, newestVersions, someNames, type Version, versionId, versionOf } from './versions.ts';

const MOST_SHOWN = 5;

/** How the YAML has an asset that is not registered yet. */
const DESCRIBED: Readonly<Record<AssetKind, string>> = {
  models: 'describe it here with its `path`',
  environments: 'describe it here with its `image` or `build`',
  codes: 'write its folder here',
  data: 'describe it here with its `name` and `path`',
};

/**
 * Finds what a reference stands for. What the live deployment already carries is there, and not asked for.
 * @throws ServiceError or ConnectionError
 */
export async function findReference(
  session: Session,
  kind: AssetKind,
  reference: AssetReference,
  liveId: string | undefined,
  written: string | undefined,
): Promise<Found> {
  const { workspace } = session;
  const shown = written?.replace(/^azureml:(?!\/\/)/i, '');
  if (reference.how === 'latest') return latest(session, kind, reference.name, shown);
  const labelled = reference.how === 'id' ? latestOf(workspace, reference.id) : undefined;
  if (labelled !== undefined) return latest(session, kind, labelled, shown);
  const version =
    reference.how === 'id'
      ? versionOf(workspace, reference.id)
      : { kind, name: reference.name, version: reference.version };
  const id = reference.how === 'id' ? reference.id : versionId(workspace, { ...reference, kind });
  const asset = { id, shown: shown ?? (version ? `${version.name}:${version.version}` : id) };
  if (liveId !== undefined && sameAsset(id, liveId)) return { asset };
  // What belongs to a registry or to another workspace is Azure's to find.
  if (!version) {
    await session.once('what belongs elsewhere', async () => {
      workspace.report.info(
        'references to registries and other workspaces are sent as they are; only Azure checks them',
      );
    });
    return { asset };
  }
  return (await knownVersion(session, version)) ? { asset } : missing(session, version, shown);
}

async function latest(session: Session, kind: AssetKind, name: string, shown?: string): Promise<Found> {
  const { workspace } = session;
  const label = shown ?? `${name}@latest`;
  const version = await session.once(`latest ${kind} ${name}`, async () => {
    const [newest] = await newestVersions(workspace, kind, name, 1);
    const found = newest && textAt(newest, 'name');
    if (found) workspace.report.info(`azureml:${label} of ${kind} is version ${found}`);
    return found;
  });
  if (version === undefined) return missing(session, { kind, name, version: 'latest' }, shown);
  const asset = { id: versionId(workspace, { kind, name, version }) };
  return { asset: { ...asset, shown: shown ? `${shown}, version ${version}` : `${name}:${version} (latest)` } };
}

/**
 * Says what there is instead.
 * @param shown the reference with its placeholders: a guess would give their values away
 */
async function missing(session: Session, { kind, name, version }: Version, shown?: string): Promise<Found> {
  const { workspace } = session;
  const where = `workspace ${workspace.target.workspaceName}`;
  if (shown !== undefined) return { fault: `there is no ${NOUN[kind]} ${shown} in ${where}` };
  const versions = (await newestVersions(workspace, kind, name, MOST_SHOWN)).flatMap(
    (each) => textAt(each, 'name') ?? [],
  );
  if (versions.length > 0) {
    const newest = versions.length === 1 ? `the only one is ${versions[0]}` : `the newest are ${versions.join(', ')}`;
    return { fault: `${NOUN[kind]} ${name} has no version ${version} in ${where}; ${newest}` };
  }
  const near = nearest(name, await someNames(workspace, kind));
  const hint = near ? `; did you mean ${near}?` : `; register it first, or ${DESCRIBED[kind]}`;
  return { fault: `there is no ${NOUN[kind]} ${name} in ${where}${hint}` };
}
