import { LONGEST_TAG_VALUE } from '../../spec/limits.ts';
import type { Traffic } from '../../spec/model.ts';
import { canonicalTraffic, parseTraffic, trafficTotal } from '../../spec/traffic.ts';

/** More deployments than an endpoint can have (20, of names up to 32 characters) fill fewer. Source: Microsoft Learn, quotas. */
const MOST_TAGS = 9;

/** A split as tags: `blue=90 green=10`, and what has no room in the first in `<name>-2`, `<name>-3`, … */
export function splitTags(name: string, split: Traffic): Record<string, string> {
  const values: string[] = [];
  for (const [deployment, percent] of Object.entries(canonicalTraffic(split))) {
    const pair = `${deployment}=${percent}`;
    const longer = values.length > 0 ? `${values.at(-1)} ${pair}` : pair;
    if (values.length > 0 && longer.length <= LONGEST_TAG_VALUE) values[values.length - 1] = longer;
    else values.push(pair);
  }
  const tags = (values.length > 0 ? values : ['{}']).map((value, index) => [tagName(name, index), value]);
  return Object.fromEntries(tags) as Record<string, string>;
}

/** The split that tags hold, by their names in lower case; nothing when they hold none. */
export function splitIn(tags: Readonly<Record<string, string>>, name: string): Traffic | undefined {
  const values: string[] = [];
  for (let index = 0; index < MOST_TAGS; index++) {
    const value = Object.hasOwn(tags, tagName(name, index)) ? tags[tagName(name, index)] : undefined;
    if (value === undefined) break;
    values.push(value);
  }
  if (values.length === 0) return undefined;
  try {
    const split = parseTraffic(values.join(' '));
    return [0, 100].includes(trafficTotal(split)) ? split : undefined;
  } catch {
    return undefined;
  }
}

function tagName(name: string, index: number): string {
  return index === 0 ? name : `${name}-${index + 1}`;
}
