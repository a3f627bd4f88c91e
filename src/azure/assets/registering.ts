import { Failure } from '../../failure.ts';
import { type JsonObject, objectAt, textAt } from '../../json.ts';
import { sameAsset } from '../../plan/deployment/assets.ts';
import { ServiceError, stepAfterConflict } from '../../http/errors.ts';
import { startWait } from '../../http/wait.ts';
import { type DeploymentAsset, type Found, NOUN, type Written } from './found.ts';
import type { Workspace } from '../connect.ts';
import type { Session } from './session.ts';
import {
  type AssetKind,
  getVersion,
  newestVersions,
  nextVersion,
  putVersion,
  type Version,
  versionId,
} from './versions.ts';

/** An asset that the YAML describes, ready to be registered. */
export interface Described {
  readonly kind: AssetKind;
  /** Tells one content from another. */
  readonly identity: string;
  /** How people read its content. */
  readonly shown: string;
  readonly written: Written;
  /** Whether the properties of a version that Azure has are those of this content. */
  isSame(properties: JsonObject): boolean;
  /** The type of a version that Azure has, where it is another one: it changes as little as the content. */
  otherType?(properties: JsonObject): string | undefined;
  /** Uploads what has to be, and makes the properties to register. */
  properties(version: Version, within: Workspace): Promise<JsonObject>;
}

/** Whether the live deployment carries this version. */
export function isLive({ workspace }: Session, version: Version, liveId: string | undefined): boolean {
  return liveId !== undefined && sameAsset(versionId(workspace, version), liveId);
}

/** A version as Azure has it, asked for once a run. @returns `undefined` when the workspace has no such version */
export function knownVersion({ workspace, once }: Session, version: Version): Promise<JsonObject | undefined> {
  return once(`version ${versionId(workspace, version).toLowerCase()}`, () => getVersion(workspace, version));
}

/**
 * An asset that has its name from its content: what has the name is it.
 * @param knownAs the name that azure-ai-ml would give it, where it is another: live may carry it
 */
export function anonymous(
  session: Session,
  described: Described,
  place: Version,
  liveId: string | undefined,
  knownAs: Version = place,
): { readonly asset: DeploymentAsset } {
  const { shown } = described;
  if (liveId !== undefined && [place, knownAs].some((each) => isLive(session, each, liveId)))
    return { asset: { id: liveId, shown } };
  const id = versionId(session.workspace, place);
  return { asset: { id, shown, make: (within) => makeOnce(session, described, place, within) } };
}

/** An asset of a version that the user chose. A version that Azure has keeps its content for ever. */
export async function versioned(session: Session, described: Described, name: string, version: string): Promise<Found> {
  const { kind, shown } = described;
  const place = { kind, name, version };
  const id = versionId(session.workspace, place);
  const label = labelOf(described.written, { name, version });
  const noun = NOUN[kind];
  if (!session.claim(id.toLowerCase(), described.identity)) {
    return {
      fault: `${noun} ${label} is described twice with different content or type; give one of them another version`,
      at: 'version',
    };
  }
  const existing = await knownVersion(session, place);
  const asset = { id, shown: `${label} from ${shown}` };
  if (!existing) return { asset: { ...asset, make: (within) => makeOnce(session, described, place, within) } };
  const properties = objectAt(existing, 'properties');
  if (described.isSame(properties)) return { asset };
  const otherType = described.otherType?.(properties);
  // Neither name nor version of a data asset need stand in the file.
  const step =
    kind === 'data'
      ? 'give its `data` another `version` (1 when absent) or `name`'
      : 'increase `version`, or omit it to get the next one';
  const instead = `which Azure does not let change; ${step}`;
  if (otherType !== undefined) {
    return { fault: `${noun} ${label} is registered as ${otherType}, ${instead}`, at: 'type' };
  }
  return { fault: `${noun} ${label} is registered with different content, ${instead}`, at: 'version' };
}

/** A version as people read it: never by the values of placeholders. */
export function labelOf(written: Written, { name, version }: Omit<Version, 'kind'>): string {
  return `${written('name') ?? name}:${written('version') ?? version}`;
}

/** How many versions are looked through for one with the same content. */
const MOST_COMPARED = 100;

/** An asset with a name alone: the newest version with its content, or else the next one. */
export function nextOrSame(session: Session, described: Described, name: string): Promise<Found> {
  const { kind, identity, shown } = described;
  const { workspace } = session;
  // Another deployment may write the same with placeholders, and its words are its own.
  const words = `${described.written('name') ?? ''} ${shown}`;
  return session.once(`next ${kind} ${name} ${identity} ${words}`, async (): Promise<Found> => {
    const versions = await session.once(`newest ${kind} ${name}`, () =>
      newestVersions(workspace, kind, name, MOST_COMPARED),
    );
    const same = versions.find((each) => described.isSame(objectAt(each, 'properties')));
    const found = same && textAt(same, 'name');
    if (found) {
      return {
        asset: {
          id: versionId(workspace, { kind, name, version: found }),
          shown: `${labelOf(described.written, { name, version: found })} from ${shown}`,
        },
      };
    }
    // Also where there is none to be seen: all may be archived.
    let version = await session.once(`next ${kind} ${name}`, () => nextVersion(workspace, kind, name));
    while (!session.claim(versionId(workspace, { kind, name, version }).toLowerCase(), identity))
      version = following(version);
    const place = { kind, name, version };
    return {
      asset: {
        id: versionId(workspace, place),
        shown: `${labelOf(described.written, place)} (new) from ${shown}`,
        make: (within) => makeOnce(session, described, place, within, AGAIN),
      },
    };
  });
}

function following(version: string): string {
  return /^\d+$/.test(version) ? String(Number(version) + 1) : `${version}-1`;
}

const MOST_RACES = 4;
const ANOTHER =
  'Azure does not let a version change; describe the asset with a `name`, and a `version` that is not taken.';
const AGAIN = 'Another run has taken this version meanwhile; run again, which takes the next one.';

/**
 * Uploads and registers a version unless somebody has done so meanwhile.
 * @param ifTaken what to do where somebody has registered something else
 */
function makeOnce(
  session: Session,
  described: Described,
  place: Version,
  workspace: Workspace,
  ifTaken = ANOTHER,
): Promise<void> {
  const label = `${NOUN[described.kind]} ${labelOf(described.written, place)}`;
  const make = async (tries = 1): Promise<void> => {
    const existing = await getVersion(workspace, place);
    if (existing && !described.isSame(objectAt(existing, 'properties'))) throw taken(label, described.shown, ifTaken);
    if (existing) return;
    const properties = await described.properties(place, workspace);
    try {
      await putVersion(workspace, place, { properties });
    } catch (error) {
      // Azure's words for a version that has another content (azure-ai-ml `ASSET_PATH_ERROR`).
      if (error instanceof ServiceError && /asset paths cannot be updated/i.test(error.serviceMessage))
        throw taken(label, described.shown, ifTaken);
      if (!isRace(error) || tries >= MOST_RACES) throw error;
      await startWait(workspace, `registering ${label}`).pause(`refused (${error.code}), to be looked at again`);
      return make(tries + 1);
    }
    workspace.report.info(`registered ${label} from ${described.shown}`);
  };
  return session.once(`make ${versionId(workspace, place).toLowerCase()}`, () => make(), workspace);
}

/** Somebody else registers the same at the same time. */
function isRace(error: unknown): error is ServiceError {
  return error instanceof ServiceError && [409, 412].includes(error.status) && stepAfterConflict(error) === undefined;
}

function taken(label: string, shown: string, nextStep: string): Failure {
  return new Failure(`${label} is registered from another place, or with different content or type, than ${shown}`, {
    nextStep,
  });
}
