import { textAt } from '../../json.ts';
import { sameAsset } from '../../plan/deployment/assets.ts';
import type { DataSource } from '../../spec/deployment/model.ts';
import type { Found, Written } from './found.ts';
import { materialOf } from './local.ts';
import { type Described, labelOf, versioned } from './registering.ts';
import type { Session } from './session.ts';
import { versionId } from './versions.ts';

/**
 * The data asset that a collection is written to: a folder, which has to be registered so that it can be found. Nothing is
 * uploaded. Azure is told the short form of a path in a datastore, as azure-ai-ml tells it, and may show the long one [U].
 * Source: azure-ai-ml, `operations/_online_deployment_operations.py` and `entities/_assets/_artifacts/data.py`.
 */
export async function inlineData(
  session: Session,
  { name, version, uri, isWritten, shown = uri }: DataSource,
  liveId: string | undefined,
  written: Written,
): Promise<Found> {
  const id = versionId(session.workspace, { kind: 'data', name, version });
  // What live carries needs a look only where the file says where it should be.
  if (!isWritten && liveId !== undefined && sameAsset(id, liveId))
    return { asset: { id: liveId, shown: labelOf(written, { name, version }) } };
  const material = await materialOf(session, { uri });
  const isAt = (has: string): boolean => has === uri || material.isAt(has);
  const described: Described = {
    kind: 'data',
    written,
    identity: uri,
    shown,
    isSame: (properties) => isAt(textAt(properties, 'dataUri') ?? ''),
    properties: async () => ({ dataType: 'uri_folder', dataUri: uri, isAnonymous: false, isArchived: false }),
  };
  return versioned(session, described, name, version);
}
