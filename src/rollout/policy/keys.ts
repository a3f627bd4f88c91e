import { SCORING_PATH } from '../../spec/scoring-path.ts';
import { MOST_MIRRORED } from '../../spec/limits.ts';
import type { Key, Keys, TextForm } from '../../spec/schema.ts';
import * as presets from './presets.ts';

const DURATION: TextForm = { words: 'a duration such as 90s, 10m or 1h', pattern: /^\d{1,6}[smh]$/ };
const FACTOR: TextForm = { words: 'a factor such as 1.5x', pattern: /^\d{1,4}(?:\.\d{1,4})?x$/ };
const SHARE: TextForm = { words: 'a share such as 5%', pattern: /^(?:\d{1,2}(?:\.\d{1,4})?|100)%$/ };
const STATUS: TextForm = { words: 'a status such as 429 or a class such as 5xx', pattern: /^[1-5](?:\d\d|xx)$/ };
const OFF: TextForm = { words: 'off or a map', pattern: /^off$/ };

export const PRESET_WORDS = {
  fast: 'fast',
  standard: 'standard',
  careful: 'careful',
  'blue-green': 'blue-green',
} as const;
export const NO_DATA_WORDS = { pause: 'pause', promote: 'promote', rollback: 'rollback' } as const;
export const END_WORDS = { rollback: 'rollback', hold: 'hold' } as const;
export const PERCENTILE_WORDS = { p50: 'p50', p90: 'p90', p95: 'p95', p99: 'p99' } as const;

const MIRROR: Keys = {
  percent: {
    type: 'integer',
    minimum: 1,
    maximum: MOST_MIRRORED,
    required: true,
    description: 'Percent of the live traffic that is copied.',
  },
  bake: duration('How long the copy is watched; `bake` when absent.'),
};

const COMPARE: Keys = {
  tolerance: {
    type: 'number',
    minimum: 0,
    maximum: 1,
    description: `How far two numbers may lie apart, relative to the larger one; ${presets.COMPARE.tolerance} when absent.`,
  },
  'max-diff': share(
    `Share of the values of an answer that may differ by more; ${presets.COMPARE.maxDifference * 100}% when absent.`,
  ),
};

const SMOKE: Keys = {
  request: { type: 'text', required: true, description: 'The request file, from the folder of this file.' },
  path: {
    type: 'text',
    form: SCORING_PATH,
    description: 'The path that a custom container serves, in the place of `/score`; `/score` when absent.',
  },
  count: {
    type: 'integer',
    minimum: 1,
    maximum: 100,
    description: `How many requests count, sent to the new and to the old deployment each; ${presets.SMOKE.count} when absent.`,
  },
  'warm-up': {
    type: 'integer',
    minimum: 0,
    maximum: 100,
    description: `How many requests go before, and do not count; ${presets.SMOKE.warmUp} when absent.`,
  },
  'expect-status': {
    type: 'integer',
    minimum: 100,
    maximum: 599,
    description: `The status that every answer must have; ${presets.SMOKE.expectStatus} when absent.`,
  },
  'max-ms': {
    type: 'integer',
    minimum: 1,
    maximum: 300_000,
    description: `The longest that a request may take, in milliseconds; ${presets.SMOKE.maxTime} when absent.`,
  },
  expect: {
    type: 'record',
    of: { type: 'label' },
    keys: 'any',
    example: '{/predictions/0: 1}',
    description: 'Values that the answer must have, by JSON pointer: `/predictions/0: 1`.',
  },
  compare: {
    type: 'object',
    keys: COMPARE,
    description: 'Compares the answers of the new deployment with those of the old one; `{}` for the values below.',
  },
};

const ERRORS: Keys = {
  'worse-than': factor(
    `How many times the rate of the old side the new one may not reach; ${presets.ERRORS.worseThan}x when absent.`,
  ),
  'max-rate': share(`The highest rate of errors of the new side; ${presets.ERRORS.maxRate * 100}% when absent.`),
  'min-requests': {
    type: 'integer',
    minimum: 1,
    maximum: 1_000_000,
    description: `Requests to the new side without which no step is passed; ${presets.ERRORS.minRequests} when absent.`,
  },
  codes: {
    type: 'list',
    of: { type: 'text', form: STATUS, written: true },
    maximum: 50,
    description: `Statuses that count as errors; [${presets.ERRORS.codes.join(', ')}] when absent.`,
  },
};

const LATENCY: Keys = {
  metric: {
    type: 'choice',
    values: PERCENTILE_WORDS,
    description: `The percentile of each minute; ${presets.LATENCY.metric} when absent. The higher ones need more requests a minute.`,
  },
  'worse-than': factor(
    `How many times the latency of the old side the new one may not reach; ${presets.LATENCY.worseThan}x when absent.`,
  ),
  'max-ms': {
    type: 'integer',
    minimum: 1,
    maximum: 300_000,
    description: 'The longest latency of the new side, in milliseconds; without it, none is too long by itself.',
  },
};

/** Every key of a rollout policy. The checks, the schema for editors and the table in docs/rollout.md read this table. */
export const POLICY_KEYS: Keys = {
  $schema: { type: 'text', description: 'The schema that an editor checks the file with.' },
  preset: {
    type: 'choice',
    values: PRESET_WORDS,
    description: `What all keys that are absent come from; ${presets.PRESET} when absent.`,
  },
  steps: {
    type: 'list',
    of: { type: 'integer', minimum: 1, maximum: 100 },
    maximum: 20,
    description: 'Percent of the way from the live split to the target split, rising; 100 comes last by itself.',
  },
  bake: duration('How long each step is watched.'),
  'max-bake': duration('How long a step is watched at most when evidence is thin; three times `bake` when absent.'),
  'final-bake': duration(
    'How long the whole is watched at its end; when absent, as long in proportion to `bake` as in the preset.',
  ),
  holdback: {
    type: 'integer',
    minimum: 0,
    maximum: 50,
    description: `Percent of the way that is kept back during the final bake, so that there is something to compare with; ${presets.HOLDBACK} when absent.`,
  },
  mirror: {
    type: 'object',
    keys: MIRROR,
    description: 'Copies live traffic to the new deployment before that has any of its own. Managed endpoints only.',
  },
  smoke: {
    type: 'object',
    keys: SMOKE,
    description: 'Requests that are sent to the new and the old deployment by name before any traffic moves.',
  },
  errors: {
    type: 'text-or-object',
    text: { type: 'text', form: OFF },
    object: { type: 'object', keys: ERRORS },
    description: 'When errors stop the rollout; `off` when they never do.',
  },
  latency: {
    type: 'text-or-object',
    text: { type: 'text', form: OFF },
    object: { type: 'object', keys: LATENCY },
    description: 'When latency stops the rollout; `off` when it never does.',
  },
  'on-no-data': {
    type: 'choice',
    values: NO_DATA_WORDS,
    description: `What to do when there are too few requests to tell, after \`max-bake\`; ${presets.ENDS.onNoData} when absent.`,
  },
  'on-failure': {
    type: 'choice',
    values: END_WORDS,
    description: `What to do when the evidence is against the new side; ${presets.ENDS.onFailure} when absent.`,
  },
  'on-cancel': {
    type: 'choice',
    values: END_WORDS,
    description: `What to do when the job is cancelled, or an error ends the rollout; ${presets.ENDS.onCancel} when absent.`,
  },
};

function duration(description: string): Key {
  return { type: 'text', form: DURATION, description };
}

function factor(description: string): Key {
  return { type: 'text', form: FACTOR, description };
}

function share(description: string): Key {
  return { type: 'text', form: SHARE, description };
}
