import { InputFaults } from '../failure.ts';
import type { Traffic } from './model.ts';
import { isValidName, NAME_RULE } from './names.ts';

/**
 * Reads `blue=90 green=10`: pairs of a deployment and its percent, apart by spaces, new lines or commas. Nothing, and
 * `{}`, mean no traffic at all. The total is left to the caller, since a mirror has another rule than live traffic.
 * @throws InputFaults with every pair that is wrong
 */
export function parseTraffic(text: string): Traffic {
  const pairs = text.trim() === '{}' ? [] : text.split(/[\s,]+/).filter((pair) => pair !== '');
  const parsed = pairs.map(parsePair);
  const faults = parsed.filter((pair) => typeof pair === 'string').map((message) => ({ message }));
  const weights = parsed.filter((pair) => typeof pair !== 'string');
  for (const name of repeated(weights.map(([name]) => name))) faults.push({ message: `"${name}" is named twice` });
  if (faults.length > 0) throw new InputFaults(faults);
  return canonicalTraffic(Object.fromEntries(weights));
}

/** Names in lower case, weights of 0 left out, sorted by name: equal splits become equal objects. */
export function canonicalTraffic(traffic: Traffic): Traffic {
  const weights = Object.entries(traffic)
    .filter(([, percent]) => percent !== 0)
    .map(([name, percent]) => [name.toLowerCase(), percent] as const);
  return Object.fromEntries(weights.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The percents added up. Azure takes a total of 0 or 100. Source: Microsoft Learn, reference-yaml-endpoint-online. */
export function trafficTotal(traffic: Traffic): number {
  return Object.values(traffic).reduce((total, percent) => total + percent, 0);
}

/** The percent of a deployment, whose name may be that of something that every object has, such as `constructor`. */
export function weightOf(traffic: Traffic, deployment: string): number {
  return Object.hasOwn(traffic, deployment) ? (traffic[deployment] ?? 0) : 0;
}

/** `blue=90 green=10`, or `none`; `parseTraffic` reads it back. */
export function formatTraffic(traffic: Traffic): string {
  const pairs = Object.entries(canonicalTraffic(traffic)).map(([name, percent]) => `${name}=${percent}`);
  return pairs.join(' ') || 'none';
}

/** A pair as name and percent, or the sentence that says why it is none. */
function parsePair(pair: string): readonly [string, number] | string {
  const [, name, percent] = /^([^=]+)=([^=]+)$/.exec(pair) ?? [];
  if (name === undefined || percent === undefined) {
    return `"${pair}" is not a pair of deployment and percent; write pairs such as blue=90 green=10`;
  }
  if (!isValidName(name)) return `"${name}" is not a deployment's name: ${NAME_RULE}`;
  if (!/^\d{1,3}$/.test(percent) || Number(percent) > 100) {
    return `"${pair}" has no percent that Azure takes; write an integer from 0 to 100`;
  }
  return [name.toLowerCase(), Number(percent)];
}

function repeated(names: readonly string[]): Set<string> {
  return new Set(names.filter((name, index) => names.indexOf(name) !== index));
}
