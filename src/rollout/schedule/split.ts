import type { Traffic } from '../../spec/model.ts';
import { canonicalTraffic, trafficTotal, weightOf } from '../../spec/traffic.ts';

/** One deployment on its way from one split to another. */
interface Way {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The split at so many percent of the way, in whole percent that add to 100: largest remainder, ties by name. Where that alone
 * would take a point back from a deployment that grows (three and more deployments; the Alabama paradox of apportionment),
 * the point stays, so that no deployment ever moves away from its end.
 *
 * From a split that does not add to 100 there is no way, only the end.
 */
export function stepSplit(base: Traffic, target: Traffic, percent: number): Traffic {
  if (percent <= 0) return canonicalTraffic(base);
  if (percent >= 100 || !hasWay(base, target)) return canonicalTraffic(target);
  const ways = waysOf(base, target);
  let weights = ways.map(({ from }) => from);
  for (let reached = 1; reached <= percent; reached++) weights = advanced(ways, weights, reached);
  return canonicalTraffic(Object.fromEntries(ways.map(({ name }, index) => [name, weights[index] ?? 0])));
}

/** Whether traffic can move in steps: there is traffic on both ends. */
export function hasWay(base: Traffic, target: Traffic): boolean {
  return isWhole(base) && isWhole(target);
}

function isWhole(split: Traffic): boolean {
  return trafficTotal(split) === 100 && Object.values(split).every((weight) => Number.isInteger(weight) && weight >= 0);
}

export function sameSplit(a: Traffic, b: Traffic): boolean {
  return JSON.stringify(canonicalTraffic(a)) === JSON.stringify(canonicalTraffic(b));
}

/** Deployments whose share grows on the way, by name: those that are to be proven. */
export function growing(base: Traffic, target: Traffic): string[] {
  return waysOf(base, target).flatMap(({ name, from, to }) => (to > from ? [name] : []));
}

/** Deployments whose share shrinks, by name: those that the growing ones are compared with. */
export function shrinking(base: Traffic, target: Traffic): string[] {
  return growing(target, base);
}

function waysOf(base: Traffic, target: Traffic): Way[] {
  const [before, after] = [canonicalTraffic(base), canonicalTraffic(target)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.map((name) => ({ name, from: weightOf(before, name), to: weightOf(after, name) }));
}

/** The weights at `percent`, given those one percent before. */
function advanced(ways: readonly Way[], before: readonly number[], percent: number): number[] {
  // In hundredths of a point, so that all is whole.
  const exact = ways.map(({ from, to }) => 100 * from + percent * (to - from));
  const weights = exact.map((hundredths) => Math.floor(hundredths / 100));
  settle(weights, exact, () => true);
  const least = ways.map(({ from, to }, index) => (to > from ? (before[index] ?? from) : to));
  const most = ways.map(({ from, to }, index) => (to > from ? to : (before[index] ?? from)));
  weights.forEach((weight, index) => {
    weights[index] = Math.min(Math.max(weight, least[index]!), most[index]!);
  });
  settle(
    weights,
    exact,
    (index, change) => weights[index]! + change >= least[index]! && weights[index]! + change <= most[index]!,
  );
  return weights;
}

/** Gives and takes single points until all add to 100, each where the weight is furthest from the exact one. */
function settle(weights: number[], exact: readonly number[], may: (index: number, change: 1 | -1) => boolean): void {
  for (let total = sum(weights); total !== 100; total = sum(weights)) {
    const change = total < 100 ? 1 : -1;
    const missing = (index: number): number => change * (exact[index]! - 100 * weights[index]!);
    const open = weights.map((_, index) => index).filter((index) => may(index, change));
    const next = open.reduce((best, index) => (missing(index) > missing(best) ? index : best));
    weights[next] = weights[next]! + change;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
