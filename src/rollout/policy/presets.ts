import { MINUTE } from '../../duration.ts';
import type { ErrorGate, LatencyGate, MirrorStage, Policy, Smoke } from '../model.ts';

export type PresetName = 'fast' | 'standard' | 'careful' | 'blue-green';

/** What a preset says by itself. Durations in milliseconds. */
interface Preset {
  readonly steps: readonly number[];
  readonly bake: number;
  readonly finalBake: number;
}

/**
 * The half as a step of its own makes a regression show soonest: evidence grows with the share of the new side. Less than seven
 * minutes do not tell whether latency is worse, and would only be extended.
 */
export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  fast: { steps: [10, 50], bake: 7 * MINUTE, finalBake: 7 * MINUTE },
  standard: { steps: [5, 25, 50], bake: 10 * MINUTE, finalBake: 15 * MINUTE },
  careful: { steps: [1, 5, 10, 25, 50], bake: 15 * MINUTE, finalBake: 30 * MINUTE },
  'blue-green': { steps: [], bake: 15 * MINUTE, finalBake: 15 * MINUTE },
};

/** What a policy that names no preset starts from. */
export const PRESET: PresetName = 'standard';

/** How many times `bake` a step is watched at most, unless the policy says so itself. */
export const MOST_BAKES = 3;

export const HOLDBACK = 0;

export const ENDS: Pick<Policy, 'onNoData' | 'onFailure' | 'onCancel'> = {
  onNoData: 'pause',
  onFailure: 'rollback',
  onCancel: 'rollback',
};

/** Answers of a model that fails are 424, of one that is over capacity 429, of one that is too slow 408: none of them is a 5xx. */
export const ERRORS: ErrorGate = {
  worseThan: 1.5,
  maxRate: 0.05,
  minRequests: 50,
  codes: ['408', '424', '429', '5xx'],
};

export const LATENCY: LatencyGate = { metric: 'p50', worseThan: 1.3 };

export const SMOKE: Omit<Smoke, 'request' | 'path' | 'compare'> = {
  count: 5,
  warmUp: 1,
  expectStatus: 200,
  maxTime: 30_000,
  expect: {},
};

export const COMPARE: NonNullable<Smoke['compare']> = { tolerance: 1e-6, maxDifference: 0.1 };

/** What a YAML says; what it does not name is absent, and a gate that is off is `off`. */
export interface PolicyKeys {
  readonly preset?: PresetName | undefined;
  readonly steps?: readonly number[] | undefined;
  readonly bake?: number | undefined;
  readonly maxBake?: number | undefined;
  readonly finalBake?: number | undefined;
  readonly holdback?: number | undefined;
  readonly mirror?: { readonly percent: number; readonly bake?: number | undefined } | undefined;
  readonly smoke?: Smoke | undefined;
  readonly errors?: ErrorGate | 'off' | undefined;
  readonly latency?: LatencyGate | 'off' | undefined;
  readonly onNoData?: Policy['onNoData'] | undefined;
  readonly onFailure?: Policy['onFailure'] | undefined;
  readonly onCancel?: Policy['onCancel'] | undefined;
}

/** A whole policy: what was written, and for the rest the preset's. */
export function completed(keys: PolicyKeys): Omit<Policy, 'source' | 'positions'> {
  const preset = PRESETS[keys.preset ?? PRESET];
  const { bake = preset.bake, steps = preset.steps, holdback = HOLDBACK, smoke } = keys;
  const { errors = ERRORS, latency = LATENCY } = keys;
  return {
    steps: steps.filter((percent) => percent < 100),
    bake,
    maxBake: keys.maxBake ?? bake * MOST_BAKES,
    finalBake: keys.finalBake ?? (bake * preset.finalBake) / preset.bake,
    holdback,
    ...(keys.mirror ? { mirror: mirrorOf(keys.mirror, bake) } : {}),
    ...(smoke ? { smoke } : {}),
    ...(errors === 'off' ? {} : { errors }),
    ...(latency === 'off' ? {} : { latency }),
    onNoData: keys.onNoData ?? ENDS.onNoData,
    onFailure: keys.onFailure ?? ENDS.onFailure,
    onCancel: keys.onCancel ?? ENDS.onCancel,
  };
}

/** A preset by itself. */
export function presetPolicy(name: PresetName): Policy {
  return { ...completed({ preset: name }), source: name, positions: new Map() };
}

function mirrorOf({ percent, bake }: NonNullable<PolicyKeys['mirror']>, usual: number): MirrorStage {
  return { percent, bake: bake ?? usual };
}
