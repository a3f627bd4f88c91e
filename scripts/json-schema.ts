import { anyCase, ENDPOINT_KEYS, type Key, type Keys, type Kind, type Shape, spellingsOf } from '../src/spec/schema.ts';
import { DEPLOYMENT_KEYS, LONGEST_REQUEST } from '../src/spec/deployment/schema.ts';
import { PLACEHOLDER, PLACEHOLDER_FORMS } from '../src/spec/placeholders.ts';
import { NAME_PATTERN } from '../src/spec/names.ts';
import { POLICY_KEYS } from '../src/rollout/policy/keys.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * A placeholder in the place of a number or a boolean. YAML takes it for text; the other form, `{{NAME}}`, is a text only
 * in quotes, and stays one.
 */
const TYPED_AGAIN: JsonSchema = { type: 'string', pattern: '^\\$\\{\\{\\s*env\\.[A-Za-z_]\\w*\\s*\\}\\}$' };
/** A text with a placeholder in it: only the checks, which know its value, can tell more. */
const WITH_PLACEHOLDER: JsonSchema = { type: 'string', pattern: PLACEHOLDER_FORMS.source.slice(1, -1) };

/** A key that only the checks may fill in has one in it; all others refuse it. */
const KEY_WITH_PLACEHOLDER: JsonSchema = { pattern: PLACEHOLDER.source };
const RESERVED_TAG: JsonSchema = { pattern: `^${anyCase('aml-rollout')}` };

const OF_USER = ['user_assigned', 'system_assigned,user_assigned'];
const IDENTITY_RULE: JsonSchema = {
  if: { required: ['type'], properties: { type: word(...OF_USER) } },
  then: { required: ['user_assigned_identities'], properties: { user_assigned_identities: { minItems: 1 } } },
  else: {
    if: { required: ['type'], properties: { type: word('system_assigned', 'none') } },
    then: { properties: { user_assigned_identities: { maxItems: 0 } } },
  },
};
const MODEL_RULE: JsonSchema = { dependencies: { version: ['name'] } };
const ENVIRONMENT_RULE: JsonSchema = {
  if: { type: 'object' },
  then: {
    oneOf: [{ required: ['image'] }, { required: ['build'] }],
    dependencies: { version: ['name'], conda_file: ['image'] },
  },
};
const SCALE_RULE: JsonSchema = {
  if: { required: ['type'], properties: { type: word('default') } },
  then: { properties: { type: true }, additionalProperties: false },
};
const OF_A_REGISTRY: JsonSchema = { type: 'string', pattern: `^${anyCase('azureml')}://${anyCase('registries')}/` };
const OF_THE_WORKSPACE: JsonSchema = { not: OF_A_REGISTRY };

/**
 * The JSON schema that editors complete and check endpoint files with. It is made of the table that the checks themselves
 * read; what JSON schema cannot say (traffic adds up to 100, the name equals the file's) only the checks tell.
 */
export function endpointJsonSchema(): JsonSchema {
  const kubernetes = { type: 'string', pattern: `(^|/)${anyCase('kubernetesOnlineEndpoint\\.schema\\.json')}$` };
  const managedOnly = Object.entries(ENDPOINT_KEYS).filter(([, key]) => key.only === 'managed');
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Azure ML online endpoint',
    description: 'One YAML file in endpoints/, for managed and Kubernetes online endpoints.',
    ...objectSchema(ENDPOINT_KEYS, { identity: IDENTITY_RULE }),
    if: { anyOf: [{ required: ['compute'] }, { required: ['$schema'], properties: { $schema: kubernetes } }] },
    then: {
      required: ['compute'],
      properties: {
        ...Object.fromEntries(managedOnly.map(([name]) => [name, false])),
        auth_mode: { not: word('aad_token') },
      },
    },
  };
}

/** The same for deployment files. That paths are there, and what belongs together, only the checks tell. */
export function deploymentJsonSchema(): JsonSchema {
  const kubernetes = {
    required: ['type'],
    properties: { type: word('kubernetes') },
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Azure ML online deployment',
    description: 'One YAML file in endpoints/<endpoint>/deployments/, for managed and Kubernetes online deployments.',
    ...objectSchema(DEPLOYMENT_KEYS, {
      model: MODEL_RULE,
      environment: ENVIRONMENT_RULE,
      scale_settings: SCALE_RULE,
    }),
    if: kubernetes,
    then: {
      properties: {
        ...without('managed'),
        model: OF_THE_WORKSPACE,
        environment: OF_THE_WORKSPACE,
        code_configuration: { properties: { code: OF_THE_WORKSPACE } },
      },
    },
    else: {
      required: ['instance_type'],
      properties: {
        ...without('kubernetes'),
        request_settings: { properties: { request_timeout_ms: { maximum: LONGEST_REQUEST.managed } } },
        scale_settings: { properties: { type: { not: word('target_utilization') } } },
      },
    },
  };
}

/** The same for rollout policies. How steps, bakes and what is held back go together, only the checks tell. */
export function rolloutJsonSchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Rollout policy of an Azure ML online endpoint',
    description:
      'The YAML file endpoints/<endpoint>/rollout.yml: how traffic moves, what stops it, and what happens then.',
    ...objectSchema(POLICY_KEYS),
  };
}

function without(kind: Kind): JsonSchema {
  const others = Object.entries(DEPLOYMENT_KEYS).filter(([, key]) => key.only === kind);
  return Object.fromEntries(others.map(([name]) => [name, false]));
}

/** @param rules what the values of some keys must be besides, by the name of the key */
function objectSchema(keys: Keys, rules: Readonly<Record<string, JsonSchema>> = {}): JsonSchema {
  const required = Object.keys(keys).filter((name) => keys[name]?.required);
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(
      Object.entries(keys).map(([name, key]) => [name, { ...keySchema(key), ...rules[name] }]),
    ),
  };
}

function keySchema(key: Key): JsonSchema {
  const since = key.since === undefined ? '' : ` Since API version ${key.since}.`;
  return { description: `${key.description}${since}`, ...shapeSchema(key) };
}

function shapeSchema(shape: Shape): JsonSchema {
  switch (shape.type) {
    case 'ignored':
      return {};
    case 'refused':
      return { not: {} };
    case 'free':
      return { type: 'object' };
    case 'boolean':
      return orPlaceholder({ type: 'boolean' });
    case 'number':
      return orPlaceholder({ type: 'number', minimum: shape.minimum, maximum: shape.maximum });
    case 'text':
      if (shape.written) return { type: ['string', 'number', 'boolean'] };
      return shape.form
        ? { anyOf: [{ type: 'string', pattern: insensitive(shape.form.pattern) }, WITH_PLACEHOLDER] }
        : { type: 'string' };
    case 'choice':
      return { anyOf: [...choiceSchemas(shape.values), WITH_PLACEHOLDER] };
    case 'integer':
      return orPlaceholder({ type: 'integer', minimum: shape.minimum, ...maximum('maximum', shape.maximum) });
    case 'label':
      return { type: ['string', 'number', 'boolean', 'null'] };
    case 'record':
      return {
        type: 'object',
        additionalProperties: shapeSchema(shape.of),
        propertyNames: namesSchema(shape.keys),
      };
    case 'object':
      return objectSchema(shape.keys);
    case 'list':
      return { type: 'array', items: shapeSchema(shape.of), ...maximum('maxItems', shape.maximum) };
    case 'text-or-object':
      return { anyOf: [shapeSchema(shape.text), shapeSchema(shape.object)] };
  }
}

function namesSchema(keys: Extract<Shape, { type: 'record' }>['keys']): JsonSchema {
  if (keys === 'deployment') return { anyOf: [{ pattern: NAME_PATTERN.source }, WITH_PLACEHOLDER] };
  return { not: keys === 'tag' ? { anyOf: [RESERVED_TAG, KEY_WITH_PLACEHOLDER] } : KEY_WITH_PLACEHOLDER };
}

function maximum(keyword: string, value: number | undefined): JsonSchema {
  return value === undefined ? {} : { [keyword]: value };
}

function orPlaceholder(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, TYPED_AGAIN] };
}

/** `true` and `false` may also be written without quotes. */
function choiceSchemas(values: Readonly<Record<string, string>>): JsonSchema[] {
  const words: JsonSchema[] = [{ enum: Object.keys(values) }, word(...Object.keys(values))];
  return Object.hasOwn(values, 'true') ? [...words, { type: 'boolean' }] : words;
}

/** One of the words, in any spelling that the checks take. */
function word(...words: readonly string[]): JsonSchema {
  return { type: 'string', pattern: `^(${words.map(spellingsOf).join('|')})$` };
}

/** JSON schema has no flags, so a pattern that ignores case has to spell both. */
function insensitive(pattern: RegExp): string {
  if (!pattern.flags.includes('i')) return pattern.source;
  return pattern.source.replace(/\\.|\[[^\]]*\]|\(\?:|[a-z]/gi, (part) => (part.length === 1 ? anyCase(part) : part));
}
