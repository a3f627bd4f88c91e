import { type JsonObject, objectAt } from '../json.ts';
import { sha256 } from './hash.ts';
import { pythonYaml } from './python-yaml.ts';

/** The name that every environment has that nobody named; its version tells them apart. Source: azure-ai-ml `ANONYMOUS_ENV_NAME`. */
export const ANONYMOUS_ENVIRONMENT = 'CliV2AnonymousEnvironment';

/** What an environment is made of, as far as its version says. */
export type EnvironmentParts =
  | {
      readonly image: string;
      /** As `condaText` writes it. */
      readonly conda?: string | undefined;
      /** In ARM's words. */
      readonly inferenceConfig?: JsonObject | undefined;
    }
  | {
      /** Hash of the build context's upload, or its address where it is there already. */
      readonly context: string;
      readonly dockerfilePath?: string | undefined;
    };

/**
 * The version of an environment that nobody named, made of its content.
 * Source: azure-ai-ml 1.35.2 `Environment._generate_anonymous_name_version`, whose `join` puts what is there between all
 * letters of the next hash.
 */
export function anonymousEnvironmentVersion(parts: EnvironmentParts): string {
  const texts =
    'image' in parts
      ? [parts.image, parts.inferenceConfig && inferenceText(parts.inferenceConfig), parts.conda]
      : [parts.context, parts.dockerfilePath];
  const [first = '', ...others] = texts
    .filter((text) => text !== undefined && text !== '')
    .map((text) => sha256(text!));
  return sha256(others.reduce((before, hash) => hash.split('').join(before), first));
}

/** A conda specification as it is sent and hashed. */
export function condaText(conda: JsonObject): string {
  return pythonYaml(conda);
}

const MODELS = '!!python/object:azure.ai.ml._restclient.arm_ml_service.models._models.';

/** The SDK hashes the dump of its own objects, with the names of their classes in it. */
function inferenceText(config: JsonObject): string {
  const lines = [`${MODELS}InferenceContainerProperties`, '_data:'];
  for (const route of ['livenessRoute', 'readinessRoute', 'scoringRoute']) {
    if (!(route in config)) continue;
    const body = pythonYaml(objectAt(config, route)).trimEnd().split('\n');
    lines.push(`  ${route}: ${MODELS}Route`, '    _data:', ...body.map((line) => `      ${line}`));
  }
  return `${lines.join('\n')}\n`;
}
