import { formatDuration, parseDuration } from '../../duration.ts';
import type { Fault } from '../../failure.ts';
import {
  type Entry,
  entryOf,
  faultAt,
  integerOf,
  mapAt,
  type MapNode,
  type Node,
  shownKey,
  shownValue,
  valueAt,
} from '../../spec/tree.ts';
import type { Policy } from '../model.ts';
import { factorIn } from './units.ts';
import { isPointer } from '../smoke/pointer.ts';

/** Evidence comes by the minute. */
const SHORTEST_BAKE = 60_000;
/** A rollout that is watched longer than that at one step is forgotten. */
const LONGEST_BAKE = 24 * 60 * 60_000;

/** What is wrong between keys, and with values, that the table of keys finds right one by one. */
export function ruleFaults(root: MapNode): Fault[] {
  const mirror = mapAt(root, 'mirror');
  return [
    ...stepFaults(root),
    ...['bake', 'max-bake', 'final-bake'].flatMap((key) => lengthFaults(valueAt(root, key), key)),
    ...(mirror ? lengthFaults(valueAt(mirror, 'bake'), 'mirror.bake') : []),
    ...['errors', 'latency'].flatMap((gate) => factorFaults(mapAt(root, gate), gate)),
    ...pointerFaults(mapAt(mapAt(root, 'smoke'), 'expect')),
  ];
}

/** What is wrong with a policy as a whole, once all keys are right. */
export function wholeFaults(root: MapNode, policy: Omit<Policy, 'source' | 'positions'>): Fault[] {
  const faults: Fault[] = [];
  const at = (key: string): Entry | undefined => entryOf(root, key);
  const maxBake = at('max-bake');
  if (maxBake && policy.maxBake < policy.bake) {
    const bake = formatDuration(policy.bake);
    faults.push(faultAt(maxBake.value.place, `max-bake ${shownValue(maxBake.value)} is less than bake (${bake})`));
  }
  const last = policy.steps.at(-1) ?? 0;
  const holdback = at('holdback') ?? at('steps');
  if (holdback && policy.holdback > 0 && last >= 100 - policy.holdback) {
    const whole = `the whole is ${100 - policy.holdback} percent during the final bake, and a step of ${last} is no less`;
    faults.push(faultAt(holdback.value.place, `holdback ${policy.holdback} is too much: ${whole}`));
  }
  const bake = at('bake');
  if (bake && policy.steps.length === 0 && at('final-bake')) {
    faults.push(
      faultAt(bake.keyPlace, 'bake has no meaning without steps; final-bake says how long the whole is watched'),
    );
  }
  return faults;
}

function stepFaults(root: MapNode): Fault[] {
  const steps = valueAt(root, 'steps');
  if (steps?.kind !== 'list') return [];
  return steps.items.flatMap((item, index) => {
    const [step, before] = [integerOf(item), steps.items[index - 1]];
    const previous = before && integerOf(before);
    if (step === undefined || previous === undefined || step > previous) return [];
    return [faultAt(item.place, `steps must rise, and ${shownValue(item)} comes after ${shownValue(before!)}`)];
  });
}

function lengthFaults(node: Node | undefined, path: string): Fault[] {
  const length = node?.kind === 'scalar' ? parseDuration(node.text) : undefined;
  if (!node || length === undefined || (length >= SHORTEST_BAKE && length <= LONGEST_BAKE)) return [];
  const why = length < SHORTEST_BAKE ? '; evidence comes by the minute' : '';
  return [faultAt(node.place, `${path} must be from 1m to 24h, not ${shownValue(node)}${why}`)];
}

function factorFaults(gate: MapNode | undefined, path: string): Fault[] {
  const node = valueAt(gate, 'worse-than');
  const factor = node?.kind === 'scalar' ? factorIn(node.text) : undefined;
  if (!node || factor === undefined || factor > 1) return [];
  return [faultAt(node.place, `${path}.worse-than must be above 1x, not ${shownValue(node)}`)];
}

/** Source: RFC 6901, section 3. */
function pointerFaults(expect: MapNode | undefined): Fault[] {
  return (expect?.entries ?? []).flatMap((entry) => {
    if (isPointer(entry.key)) return [];
    const name = shownKey(entry);
    return [faultAt(entry.keyPlace, `smoke.expect: ${name} is no JSON pointer; write one such as /predictions/0`)];
  });
}
