import { textAt } from '../../json.ts';
import { sameAsset } from '../../plan/deployment/assets.ts';
import type { DataSource } from '../../spec/deployment/model.ts';
import type { Found } from './found.ts';
import { materialOf } from './local.ts';
import { type Described, versioned } from './registering.ts';
import type { Session } from './session.ts';
import { versionId } from './versions.ts';

/**
 * The data asset that a collection is written to: a folder, which has to be registered so that it can be found. Nothing is
 * uploaded. Azure is told the short form of a path in a datastore, as azure-ai-ml tells it, and may show the long one [U].
 * Source: azure-ai-ml, `operations/_online_deployment_operations.py` and `entities/_assets/_artifacts/data.py`.
 */
export async function inlineData(
  session: Session,
  { name, version, uri, shown = uri }: DataSource,
  liveId: string | undefined,
): Promise<Found> {
  const id = versionId(session.workspace, { kind: 'data', name, version });
  // A version keeps its address for ever, so that what live carries needs no look.
  if (liveId !== undefined && sameAsset(id, liveId)) return { asset: { id: liveId, shown: `${name}:${version}` } };
  const material = await materialOf(session, { uri });
  const isAt = (has: string): boolean => has === uri || material.isAt(has);
  const described: Described = {
    kind: 'data',
    identity: uri,
    shown,
    isSame: (properties) => isAt(textAt(properties, 'dataUri') ?? ''),
    properties: async () => ({ dataType: 'uri_folder', dataUri: uri, isAnonymous: false, isArchived: false }),
  };
  return versioned(session, described, name, version);
}
