import { MOST_MIRRORED } from './limits.ts';
import type { AuthMode, EndpointSpec, Identity } from './model.ts';
import { NAME_PATTERN, NAME_RULE } from './names.ts';

export type Kind = EndpointSpec['kind'];

/** What a value may be. */
export type Shape =
  /** `written`: a number or a boolean counts as the text it is written with. */
  | { readonly type: 'text'; readonly form?: TextForm; readonly written?: true }
  /** Words in all their spellings (`spellingsOf`); each word of the YAML with the one of ARM. */
  | { readonly type: 'choice'; readonly values: Readonly<Record<string, string>> }
  /** `zero`: what is to be said of a 0 that is not taken. `words`: what is taken, where the limits alone do not say it. */
  | {
      readonly type: 'integer';
      readonly minimum: number;
      readonly maximum?: number;
      readonly zero?: string;
      readonly words?: string;
    }
  | { readonly type: 'number'; readonly minimum: number; readonly maximum: number }
  | { readonly type: 'boolean' }
  /** Text; a number or a boolean counts as the text it is written with, and nothing as `null`. */
  | { readonly type: 'label' }
  /** A map with keys of the user's own. */
  | {
      readonly type: 'record';
      readonly of: Shape;
      readonly keys: 'any' | 'tag' | 'deployment';
      readonly example: string;
    }
  | { readonly type: 'object'; readonly keys: Keys }
  /** A map of the user's own, whatever it holds. */
  | { readonly type: 'free' }
  | { readonly type: 'list'; readonly of: Shape; readonly maximum?: number; readonly tooMany?: string }
  | { readonly type: 'text-or-object'; readonly text: Shape; readonly object: Shape }
  /** Taken in any form and not used. */
  | { readonly type: 'ignored' }
  /** Known to `az ml`, and not taken; `instead` says why. */
  | { readonly type: 'refused'; readonly instead: string };

export interface TextForm {
  /** In words, as a message says it. */
  readonly words: string;
  readonly pattern: RegExp;
}

export type Key = Shape & {
  readonly description: string;
  /** The only kind of endpoint that takes the key; absent when both do. */
  readonly only?: Kind;
  readonly required?: true;
  /** The first version of Azure's API that has the key; absent where all that are taken have it. */
  readonly since?: string;
  /** Where ARM has the value, from the `arm` of the key around it. `*` stands for each key of a map. */
  readonly arm?: string;
  /**
   * How ARM spells the value, where that is not the YAML's way: an ISO 8601 duration of so many seconds or milliseconds, a
   * boolean as text, or the id of something that the value describes.
   */
  readonly as?: 'seconds' | 'milliseconds' | 'text' | 'asset';
};

export type Keys = Readonly<Record<string, Key>>;

/** The largest number that Azure's API reads as an `int32`. */
export const INT32 = 2 ** 31 - 1;

export const AUTH_MODES: Readonly<Record<string, AuthMode>> = {
  key: 'Key',
  aml_token: 'AMLToken',
  aad_token: 'AADToken',
};

export const IDENTITY_TYPES: Readonly<Record<string, Identity['type']>> = {
  system_assigned: 'SystemAssigned',
  user_assigned: 'UserAssigned',
  'system_assigned,user_assigned': 'SystemAssigned,UserAssigned',
  none: 'None',
};

export const NETWORK_ACCESS: Readonly<Record<string, 'Enabled' | 'Disabled'>> = {
  enabled: 'Enabled',
  disabled: 'Disabled',
};

const IDENTITY_ID: TextForm = {
  words: 'the ARM id of one (/subscriptions/.../providers/Microsoft.ManagedIdentity/userAssignedIdentities/<name>)',
  pattern:
    /^\/subscriptions\/[^/\s]+\/resourceGroups\/[^/\s]+\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[^/\s]+$/i,
};
const COMPUTE: TextForm = {
  words: 'azureml:<name> or a whole ARM id (/subscriptions/...)',
  pattern: /^(?:azureml:[^\s:/]+|(?:azureml:)?\/subscriptions\/\S+\/computes\/[^\s/]+)$/i,
};
export const READ_ONLY = {
  type: 'ignored',
  description: 'Set by Azure; accepted as az ml writes it, and not used.',
} as const;

const IDENTITY: Keys = {
  type: { type: 'choice', values: IDENTITY_TYPES, required: true, description: 'The kind of identity.' },
  user_assigned_identities: {
    type: 'list',
    maximum: 1,
    tooMany:
      'identity.user_assigned_identities takes one identity, since Azure ML supports no more so far; keep one of them',
    of: {
      type: 'text-or-object',
      text: { type: 'text', form: IDENTITY_ID },
      object: {
        type: 'object',
        keys: {
          resource_id: { type: 'text', form: IDENTITY_ID, required: true, description: 'ARM id of the identity.' },
          client_id: READ_ONLY,
          object_id: READ_ONLY,
        },
      },
    },
    description: 'ARM ids of the user-assigned identities, as text or as maps with resource_id.',
  },
  principal_id: READ_ONLY,
  tenant_id: READ_ONLY,
};

/**
 * Every key of an online endpoint's YAML, for managed and Kubernetes endpoints. The checks read this table.
 * Source: Microsoft Learn, reference-yaml-endpoint-online; azure-ai-ml, `_schema/_endpoint/online/online_endpoint.py`.
 */
export const ENDPOINT_KEYS: Keys = {
  $schema: { type: 'text', description: 'The schema that an editor checks the file with.' },
  name: {
    type: 'text',
    form: { words: NAME_RULE, pattern: NAME_PATTERN },
    required: true,
    description: `Name of the endpoint, equal to the name of the file: ${NAME_RULE}.`,
  },
  description: { type: 'text', description: 'What the endpoint is for.' },
  tags: {
    type: 'record',
    of: { type: 'label' },
    keys: 'tag',
    example: '{owner: ml}',
    description: 'Tags, merged into those of Azure key by key; null removes one.',
  },
  properties: {
    type: 'record',
    of: { type: 'text', written: true },
    keys: 'any',
    example: '{key: value}',
    description: 'Properties, which Azure lets be added but never removed.',
  },
  auth_mode: { type: 'choice', values: AUTH_MODES, description: 'How callers prove who they are.' },
  identity: { type: 'object', keys: IDENTITY, description: 'The identity that the endpoint acts with.' },
  traffic: {
    type: 'record',
    of: { type: 'integer', minimum: 0, maximum: 100 },
    keys: 'deployment',
    example: '{blue: 100}',
    description: 'Percent of the live traffic for each deployment; adds up to 0 or 100.',
  },
  mirror_traffic: {
    type: 'record',
    of: { type: 'integer', minimum: 0, maximum: MOST_MIRRORED },
    keys: 'deployment',
    example: '{green: 10}',
    only: 'managed',
    description: `Percent of the live traffic that is copied to one deployment, at most ${MOST_MIRRORED}.`,
  },
  public_network_access: {
    type: 'choice',
    values: NETWORK_ACCESS,
    only: 'managed',
    description: 'Whether the scoring URL answers from outside of the private network.',
  },
  compute: { type: 'text', form: COMPUTE, description: 'The Kubernetes compute; makes the endpoint a Kubernetes one.' },
  location: { type: 'ignored', description: 'Accepted and not used: an endpoint is in the region of its workspace.' },
  id: READ_ONLY,
  kind: READ_ONLY,
  provisioning_state: READ_ONLY,
  scoring_uri: READ_ONLY,
  openapi_uri: READ_ONLY,
};

/**
 * Keys that only a deployment has.
 * Source: Microsoft Learn, reference-yaml-deployment-managed-online and reference-yaml-deployment-kubernetes-online.
 */
export const ONLY_IN_DEPLOYMENTS: readonly string[] = [
  'endpoint_name',
  'type',
  'model',
  'model_mount_path',
  'code_configuration',
  'environment',
  'environment_variables',
  'app_insights_enabled',
  'instance_type',
  'instance_count',
  'scale_settings',
  'request_settings',
  'liveness_probe',
  'readiness_probe',
  'startup_probe',
  'egress_public_network_access',
  'private_network_connection',
  'data_collector',
  'resources',
];

/** ARM's spelling of a choice, or nothing when the text is none of its values. */
export function chosen<T extends string>(values: Readonly<Record<string, T>>, text: string): T | undefined {
  return Object.entries(values).find(([word]) => new RegExp(`^${spellingsOf(word)}$`).test(text))?.[1];
}

/**
 * The pattern of all spellings of a word: any case, and `-`, `_` or neither where it has one of them. After a comma there
 * may be a blank, as ARM writes it. It has no flags, so that a JSON schema can say it.
 */
export function spellingsOf(word: string): string {
  return Array.from(word, (letter) => {
    if (/[-_]/.test(letter)) return '[-_]?';
    return letter === ',' ? ', ?' : anyCase(letter);
  }).join('');
}

/** Every letter of a pattern in both cases. */
export function anyCase(pattern: string): string {
  return pattern.replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
}
