import { ENDPOINT_KEYS, type Key, type Keys, type Kind, type Shape } from '../src/spec/schema.ts';
import { DEPLOYMENT_KEYS, LONGEST_REQUEST } from '../src/spec/deployment/schema.ts';
import { PLACEHOLDER_FORMS } from '../src/spec/placeholders.ts';
import { NAME_PATTERN } from '../src/spec/names.ts';
import { POLICY_KEYS } from '../src/rollout/policy/keys.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * A placeholder in the place of a number or a boolean. YAML takes it for text; the other form, `{{NAME}}`, is a text only
 * in quotes, and stays one.
 */
const PLACEHOLDER: JsonSchema = { type: 'string', pattern: '^\\$\\{\\{\\s*env\\.[A-Za-z_]\\w*\\s*\\}\\}$' };
/** A text with a placeholder in it: only the checks, which know its value, can tell more. */
const WITH_PLACEHOLDER: JsonSchema = { type: 'string', pattern: PLACEHOLDER_FORMS.source.slice(1, -1) };

/**
 * The JSON schema that editors complete and check endpoint files with. It is made of the table that the checks themselves
 * read; what JSON schema cannot say (traffic adds up to 100, the name equals the file's) only the checks tell.
 */
export function endpointJsonSchema(): JsonSchema {
  const managedOnly = Object.entries(ENDPOINT_KEYS).filter(([, key]) => key.only === 'managed');
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Azure ML online endpoint',
    description: 'One YAML file in endpoints/, for managed and Kubernetes online endpoints.',
    ...objectSchema(ENDPOINT_KEYS),
    if: { required: ['compute'] },
    then: { properties: Object.fromEntries(managedOnly.map(([name]) => [name, false])) },
  };
}

/** The same for deployment files. That paths are there, and what belongs together, only the checks tell. */
export function deploymentJsonSchema(): JsonSchema {
  const kubernetes = {
    required: ['type'],
    properties: { type: { type: 'string', pattern: `^${anyCase('kubernetes')}$` } },
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Azure ML online deployment',
    description: 'One YAML file in endpoints/<endpoint>/deployments/, for managed and Kubernetes online deployments.',
    ...objectSchema(DEPLOYMENT_KEYS),
    if: kubernetes,
    then: { properties: without('managed') },
    else: {
      required: ['instance_type'],
      properties: {
        ...without('kubernetes'),
        request_settings: { properties: { request_timeout_ms: { maximum: LONGEST_REQUEST.managed } } },
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

function objectSchema(keys: Keys): JsonSchema {
  const required = Object.keys(keys).filter((name) => keys[name]?.required);
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, keySchema(key)])),
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
        ...(shape.keys === 'deployment'
          ? { propertyNames: { anyOf: [{ pattern: NAME_PATTERN.source }, WITH_PLACEHOLDER] } }
          : {}),
      };
    case 'object':
      return objectSchema(shape.keys);
    case 'list':
      return { type: 'array', items: shapeSchema(shape.of), ...maximum('maxItems', shape.maximum) };
    case 'text-or-object':
      return { anyOf: [shapeSchema(shape.text), shapeSchema(shape.object)] };
  }
}

function maximum(keyword: string, value: number | undefined): JsonSchema {
  return value === undefined ? {} : { [keyword]: value };
}

function orPlaceholder(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, PLACEHOLDER] };
}

/** `true` and `false` may also be written without quotes. */
function choiceSchemas(values: Readonly<Record<string, string>>): JsonSchema[] {
  const words: JsonSchema[] = [{ enum: Object.keys(values) }, { type: 'string', pattern: anySpelling(values) }];
  return Object.hasOwn(values, 'true') ? [...words, { type: 'boolean' }] : words;
}

/** Every spelling that the checks take: any case, and `-`, `_` or nothing between words. An editor offers the first. */
function anySpelling(values: Readonly<Record<string, string>>): string {
  const spellings = Object.keys(values).map((value) =>
    Array.from(value, (letter) => (/[-_]/.test(letter) ? '[-_ ]?' : anyCase(letter))).join(''),
  );
  return `^(${spellings.join('|')})$`;
}

/** JSON schema has no flags, so a pattern that ignores case has to spell both. */
function insensitive(pattern: RegExp): string {
  if (!pattern.flags.includes('i')) return pattern.source;
  return pattern.source.replace(/\\.|\[[^\]]*\]|\(\?:|[a-z]/g, (part) => (part.length === 1 ? anyCase(part) : part));
}

function anyCase(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
}
