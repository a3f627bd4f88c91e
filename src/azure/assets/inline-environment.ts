import { parse } from 'yaml';
import { ANONYMOUS_ENVIRONMENT, anonymousEnvironmentVersion, condaText } from '../../assets/environment-name.ts';
import { pythonYaml } from '../../assets/python-yaml.ts';
import { isObject, type JsonObject, objectAt, textAt } from '../../json.ts';
import type { EnvironmentSource } from '../../spec/deployment/model.ts';
import type { Found, Written } from './found.ts';
import { type Material, materialOf } from './local.ts';
import { anonymous, type Described, nextOrSame, versioned } from './registering.ts';
import type { Workspace } from '../connect.ts';
import type { Session } from './session.ts';
import type { Version } from './versions.ts';

/** An environment that the YAML describes. Source: azure-ai-ml `entities/_assets/environment.py`. @throws as `materialOf` does */
export async function inlineEnvironment(
  session: Session,
  source: EnvironmentSource,
  liveId: string | undefined,
  written: Written,
): Promise<Found> {
  const context = source.build && (await materialOf(session, source.build.content));
  const conda = source.conda && condaText(source.conda);
  const { image, inferenceConfig, build } = source;
  const versionFor = (identity: string | undefined): string =>
    anonymousEnvironmentVersion(
      identity === undefined
        ? { image: image ?? '', conda, inferenceConfig }
        : { context: identity, dockerfilePath: build?.dockerfilePath },
    );
  const version = versionFor(context?.identity);
  const described: Described = {
    kind: 'environments',
    written,
    identity: version,
    shown: shown(source, context),
    isSame: (properties) => isSame(properties, source, conda, context),
    properties: async (place, within) => ({
      ...annotations(source),
      ...(conda !== undefined && { condaFile: conda }),
      ...(image !== undefined && { image }),
      ...(context && {
        build: {
          contextUri: await contextAddress(context, place, within),
          ...(build?.dockerfilePath !== undefined && { dockerfilePath: build.dockerfilePath }),
        },
      }),
      isAnonymous: source.name === undefined,
      isArchived: false,
    }),
  };
  if (source.name === undefined) {
    const place = { kind: 'environments', name: ANONYMOUS_ENVIRONMENT, version } as const;
    const knownAs = context?.knownAs === undefined ? place : { ...place, version: versionFor(context.knownAs) };
    return anonymous(session, described, place, liveId, knownAs);
  }
  return source.version === undefined
    ? nextOrSame(session, described, source.name)
    : versioned(session, described, source.name, source.version);
}

function annotations({ description, tags, properties, inferenceConfig, osType }: EnvironmentSource): JsonObject {
  return {
    ...(description !== undefined && { description }),
    ...(tags !== undefined && { tags }),
    ...(properties !== undefined && { properties }),
    ...(inferenceConfig !== undefined && { inferenceConfig }),
    ...(osType !== undefined && { osType }),
  };
}

/** The service wants the slash at the end of a folder (azure-ai-ml `_check_and_upload_env_build_context`). */
async function contextAddress(context: Material, place: Version, within: Workspace): Promise<string> {
  const address = await context.address('https', place, within);
  return context.local && !context.local.isFile ? `${address}/` : address;
}

function isSame(
  has: JsonObject,
  { image, inferenceConfig, build, osType }: EnvironmentSource,
  conda: string | undefined,
  context: Material | undefined,
): boolean {
  const hasBuild = objectAt(has, 'build');
  const hasContext = textAt(hasBuild, 'contextUri');
  return (
    (context ? context.hasContent(hasContext ?? '') : hasContext === undefined && textAt(has, 'image') === image) &&
    (!context || dockerfile(textAt(hasBuild, 'dockerfilePath')) === dockerfile(build?.dockerfilePath)) &&
    condaOf(has) === (conda ?? '') &&
    routes(objectAt(has, 'inferenceConfig')) === routes(inferenceConfig ?? {}) &&
    (textAt(has, 'osType') ?? 'Linux') === (osType ?? 'Linux')
  );
}

/** What Azure takes where none is named. */
function dockerfile(path = 'Dockerfile'): string {
  return path.replace(/^(\.\/)+/, '');
}

/** Other clients may have written the same in another way, and what only their parser takes stays as it is. */
function condaOf(has: JsonObject): string {
  const text = textAt(has, 'condaFile');
  if (text === undefined) return '';
  try {
    const parsed: unknown = parse(text);
    return isObject(parsed) ? condaText(parsed) : text;
  } catch {
    return text;
  }
}

function routes(config: JsonObject): string {
  return ['livenessRoute', 'readinessRoute', 'scoringRoute']
    .map((route) => {
      const { path = null, port = null } = objectAt(config, route);
      return pythonYaml({ path, port });
    })
    .join('');
}

function shown(
  { image = '', shownImage = image, conda, build }: EnvironmentSource,
  context: Material | undefined,
): string {
  const dockerfilePath = build?.shownDockerfilePath ?? build?.dockerfilePath;
  if (context) return dockerfilePath ? `${context.shown}, ${dockerfilePath}` : context.shown;
  return conda ? `${shownImage} with conda packages` : shownImage;
}
