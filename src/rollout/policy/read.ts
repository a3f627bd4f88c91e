import { parseDuration } from '../../duration.ts';
import type { Env, Position } from '../../deps.ts';
import type { Fault } from '../../failure.ts';
import { annotate } from '../../spec/annotate.ts';
import { keysFaults } from '../../spec/check.ts';
import { folderOf, joined } from '../../spec/path.ts';
import { positionsIn } from '../../spec/lines.ts';
import { parseTree } from '../../spec/parse.ts';
import { chosen } from '../../spec/schema.ts';
import {
  integerOf,
  mapAt,
  type MapNode,
  type Node,
  notAMap,
  type Place,
  scalarAt,
  type ScalarNode,
  valueAt,
} from '../../spec/tree.ts';
import { worthTelling } from '../../spec/worth-telling.ts';
import type { ErrorGate, LatencyGate, Policy, Smoke } from '../model.ts';
import { END_WORDS, NO_DATA_WORDS, PERCENTILE_WORDS, POLICY_KEYS, PRESET_WORDS } from './keys.ts';
import { COMPARE, completed, ERRORS, LATENCY, type PolicyKeys, PRESET, SMOKE } from './presets.ts';
import { ruleFaults, wholeFaults } from './rules.ts';
import { factorIn, shareIn } from './units.ts';

const WHAT = 'a rollout policy is a map such as preset: standard';

/** A policy, or what keeps a text from being one. */
export interface ReadPolicy {
  readonly policy?: Policy;
  /** The value that names the request file of the smoke test, whose presence is for the caller to check. */
  readonly request?: ScalarNode;
  readonly faults: readonly Fault[];
}

/**
 * Reads a rollout policy. Never throws: whatever the text is, it is a policy or has faults in it.
 * @param file where the text was read from; `undefined` for the text of the input `policy`
 */
export function readPolicy(text: string, file: string | undefined, env: Env): ReadPolicy {
  const { tree: root, faults } = parseTree(text, { place: placesIn(text, file), env });
  if (!root) return { faults };
  if (root.kind !== 'map') return { faults: worthTelling([...faults, ...notAMap(root, WHAT)]) };
  const node = scalarAt(mapAt(root, 'smoke'), 'request');
  const request = typeof node?.value === 'string' ? { request: node } : {};
  const found = [...faults, ...keysFaults(root, POLICY_KEYS, ''), ...ruleFaults(root)];
  if (found.length > 0) return { ...request, faults: worthTelling(found) };
  const keys = keysOf(root, file);
  const whole = completed(keys);
  const wrong = wholeFaults(root, whole);
  if (wrong.length > 0) return { ...request, faults: worthTelling(wrong) };
  const source = `${keys.preset ?? PRESET}, with ${file ?? 'input policy'}`;
  return { policy: { ...whole, source, positions: annotate(root).positions }, ...request, faults: [] };
}

/** The text of an input has lines and columns too, but no file that an annotation could point to. */
function placesIn(text: string, file: string | undefined): (offset: number) => Place {
  if (file !== undefined) return positionsIn(text, file);
  const position = positionsIn(text, '');
  return (offset) => {
    const { line, column }: Position = position(offset);
    return { override: `input policy:${line}:${column}` };
  };
}

function keysOf(root: MapNode, file: string | undefined): PolicyKeys {
  const steps = valueAt(root, 'steps');
  const mirror = mapAt(root, 'mirror');
  return {
    preset: chosen(PRESET_WORDS, textAt(root, 'preset')),
    steps: steps?.kind === 'list' ? steps.items.flatMap((item) => integerOf(item) ?? []) : undefined,
    bake: parseDuration(textAt(root, 'bake')),
    maxBake: parseDuration(textAt(root, 'max-bake')),
    finalBake: parseDuration(textAt(root, 'final-bake')),
    holdback: integerAt(root, 'holdback'),
    mirror: mirror && { percent: integerAt(mirror, 'percent') ?? 0, bake: parseDuration(textAt(mirror, 'bake')) },
    smoke: smokeOf(mapAt(root, 'smoke'), file),
    errors: textAt(root, 'errors') === 'off' ? 'off' : errorsOf(mapAt(root, 'errors')),
    latency: textAt(root, 'latency') === 'off' ? 'off' : latencyOf(mapAt(root, 'latency')),
    onNoData: chosen(NO_DATA_WORDS, textAt(root, 'on-no-data')),
    onFailure: chosen(END_WORDS, textAt(root, 'on-failure')),
    onCancel: chosen(END_WORDS, textAt(root, 'on-cancel')),
  };
}

function smokeOf(map: MapNode | undefined, file: string | undefined): Smoke | undefined {
  if (!map) return undefined;
  const compare = mapAt(map, 'compare');
  const expect = mapAt(map, 'expect')?.entries.map(({ key, value }) => [key, valueOf(value)] as const);
  const path = textAt(map, 'path');
  return {
    request: joined(folderOf(file ?? ''), textAt(map, 'request')),
    ...(path ? { path } : {}),
    count: integerAt(map, 'count') ?? SMOKE.count,
    warmUp: integerAt(map, 'warm-up') ?? SMOKE.warmUp,
    expectStatus: integerAt(map, 'expect-status') ?? SMOKE.expectStatus,
    maxTime: integerAt(map, 'max-ms') ?? SMOKE.maxTime,
    expect: expect ? Object.fromEntries(expect) : SMOKE.expect,
    ...(compare ? { compare: compareOf(compare) } : {}),
  };
}

function compareOf(map: MapNode): NonNullable<Smoke['compare']> {
  const tolerance = scalarAt(map, 'tolerance')?.value;
  return {
    tolerance: typeof tolerance === 'number' ? tolerance : COMPARE.tolerance,
    maxDifference: shareIn(textAt(map, 'max-diff')) ?? COMPARE.maxDifference,
  };
}

function errorsOf(map: MapNode | undefined): ErrorGate | undefined {
  if (!map) return undefined;
  const codes = valueAt(map, 'codes');
  return {
    worseThan: factorIn(textAt(map, 'worse-than')) ?? ERRORS.worseThan,
    maxRate: shareIn(textAt(map, 'max-rate')) ?? ERRORS.maxRate,
    minRequests: integerAt(map, 'min-requests') ?? ERRORS.minRequests,
    codes: codes?.kind === 'list' ? codes.items.map(textOf) : ERRORS.codes,
  };
}

function latencyOf(map: MapNode | undefined): LatencyGate | undefined {
  if (!map) return undefined;
  const maxTime = integerAt(map, 'max-ms');
  return {
    metric: chosen(PERCENTILE_WORDS, textAt(map, 'metric')) ?? LATENCY.metric,
    worseThan: factorIn(textAt(map, 'worse-than')) ?? LATENCY.worseThan,
    ...(maxTime === undefined ? {} : { maxTime }),
  };
}

/** The text of a value, or `''`, which is no word, no number and no duration. */
function textAt(map: MapNode, key: string): string {
  return scalarAt(map, key)?.text ?? '';
}

function textOf(node: Node): string {
  return node.kind === 'scalar' ? node.text : '';
}

function integerAt(map: MapNode, key: string): number | undefined {
  const node = scalarAt(map, key);
  return node && integerOf(node);
}

function valueOf(node: Node): string | number | boolean | null {
  return node.kind === 'scalar' ? node.value : null;
}
