import { INT32, type Key, type TextForm } from '../schema.ts';

/** azure-ai-ml leaves a duration of 0 out of what it sends. Source: `_utils/utils.py`, `to_iso_duration_format`. */
const DROPPED = 'az ml drops a 0 without a word, and Azure then takes its own value';

export const NAMESPACED: TextForm = {
  words: 'the name of a model, environment or data asset: letters, digits, ".", "_" and "-"',
  // Source: azure-rest-api-specs, Microsoft.MachineLearningServices, the parameter `name` of asset containers; the dot is
  // from the names of Azure's own environments [U].
  pattern: /^[a-zA-Z0-9][-a-zA-Z0-9_.]{0,254}$/,
};

const TEXTS = { type: 'text', written: true } as const;

export const VERSION = {
  ...TEXTS,
  form: { words: 'a version: letters, digits, ".", "_" and "-"', pattern: /^[a-zA-Z0-9][-a-zA-Z0-9_.]*$/ },
} as const;

export function record(example: string, description: string): Key {
  return { type: 'record', of: TEXTS, keys: 'any', example, description };
}

export function refused(instead: string): Key {
  return { type: 'refused', instead, description: `Not supported: ${instead}.` };
}

/** @param words what is taken, where the limits alone do not say it */
export function duration(
  as: 'seconds' | 'milliseconds',
  description: string,
  maximum: number = INT32,
  words?: string,
): Key {
  const shape = {
    type: 'integer',
    minimum: 1,
    maximum,
    zero: DROPPED,
    ...(words === undefined ? {} : { words }),
  } as const;
  return { ...shape, as, description };
}
