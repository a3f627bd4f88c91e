import type { Operation } from './operations.ts';

// Operations that share inputs.
export const DESIRED = ['validate', 'plan', 'create', 'update', 'apply', 'rollout'] as const;
/** Read the YAML of endpoints or of their deployments. */
export const ON_YAML = [...DESIRED, 'deploy'] as const;
export type OnYaml = (typeof ON_YAML)[number];
export const ROLLING: readonly Operation[] = ['plan', 'apply', 'rollout'];
export const DEPLOYING: readonly Operation[] = ['validate', 'plan', 'apply', 'deploy'];
export const WRITING: readonly Operation[] = [
  'create',
  'update',
  'apply',
  'deploy',
  'rollout',
  'promote',
  'rollback',
  'regenerate-keys',
  'delete',
];
export const AZURE: readonly Operation[] = [
  'plan',
  'create',
  'update',
  'apply',
  'deploy',
  'rollout',
  'promote',
  'rollback',
  'show',
  'list',
  'url',
  'token',
  'invoke',
  'logs',
  'regenerate-keys',
  'delete',
];
export const ALL: readonly Operation[] = ['validate', ...AZURE];
/** Take exactly one name, never a glob. */
export const ONE_ENDPOINT: readonly Operation[] = [
  'create',
  'promote',
  'rollback',
  'url',
  'token',
  'invoke',
  'logs',
  'regenerate-keys',
  'delete',
];
/** Mean all endpoints when none is named. */
export const ALL_WHEN_EMPTY: readonly Operation[] = ['validate', 'plan', 'list'];
