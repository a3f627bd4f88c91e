import { codeHash } from '../../assets/content.ts';
import { CONTENT_HASH_VERSION, sha256 } from '../../assets/hash.ts';
import { codeName, shownContent } from '../../assets/names.ts';
import { objectAt, textAt } from '../../json.ts';
import type { CodeSource } from '../../spec/deployment/model.ts';
import type { Found, Written } from './found.ts';
import { type Material, materialOf } from './local.ts';
import { startReading } from '../storage/progress.ts';
import { anonymous, type Described, knownVersion } from './registering.ts';
import type { Session } from './session.ts';
import { versionOf } from './versions.ts';

const HASH = 'hash_sha256';

/**
 * A code that the YAML describes. Other clients give one a random name, and find it again by the hash in its properties;
 * so one with another name and the same content stays where it is.
 * Source: azure-ai-ml `operations/_code_operations.py`, `entities/_assets/_artifacts/code.py`.
 * @throws as `materialOf` does
 */
export async function inlineCode(
  session: Session,
  source: CodeSource,
  liveId: string | undefined,
  written: Written,
): Promise<Found> {
  const material = await materialOf(session, source.content);
  const { local } = material;
  const { content } = source;
  const { files, workspace } = session;
  const hash = local
    ? await session.once(`code ${'local' in content ? content.local : ''}`, () =>
        session.hashing(() =>
          codeHash(files, local, workspace.limits.signal, (bytes) =>
            startReading(workspace, { path: local.path, bytes, why: 'which is named by its content' }),
          ),
        ),
      )
    : sha256(material.identity);
  const shown = local ? shownContent(local.path, hash) : material.shown;
  const described: Described = {
    kind: 'codes',
    written,
    identity: hash,
    shown,
    // The name is made of the content.
    isSame: () => true,
    async properties(version, within) {
      const address = await material.address('https', version, within);
      return {
        // A code is a folder, also that of a single file.
        codeUri: local?.isFile ? address.slice(0, address.lastIndexOf('/')) : address,
        isAnonymous: true,
        isArchived: false,
        properties: local ? { [HASH]: hash, hash_version: CONTENT_HASH_VERSION } : {},
      };
    },
  };
  const found = anonymous(session, described, { kind: 'codes', name: codeName(hash), version: '1' }, liveId);
  if (!('make' in found.asset) || liveId === undefined || !(await hasContent(session, liveId, hash, material)))
    return found;
  return { asset: { id: liveId, shown } };
}

async function hasContent(session: Session, id: string, hash: string, material: Material): Promise<boolean> {
  const version = versionOf(session.workspace, id);
  if (version?.kind !== 'codes') return false;
  const code = await knownVersion(session, version);
  const properties = objectAt(code ?? {}, 'properties');
  return (
    textAt(objectAt(properties, 'properties'), HASH) === hash ||
    material.hasContent(textAt(properties, 'codeUri') ?? '')
  );
}
