import type { EndpointSpec, Traffic } from './model.ts';
import { canonicalTraffic, formatTraffic } from './traffic.ts';

/** How splits are written for people. */
export interface TrafficWords {
  name(deployment: string): string;
  /** The text to show in place of a weight that came from a placeholder. */
  hidden(deployment: string): string | undefined;
  /** `blue=90 green=10`, or `none`. */
  split(traffic: Traffic): string;
  /** Whether there is such a weight, so that whatever is worked out of weights would give it away. */
  readonly hidesWeights: boolean;
}

export const PLAIN_WORDS: TrafficWords = {
  name: (deployment) => deployment,
  hidden: () => undefined,
  split: formatTraffic,
  hidesWeights: false,
};

/** Shows placeholders in place of their values, also in what is live: the value may have come there by an earlier run. */
export function publicWords({ names, placeholders }: Pick<EndpointSpec, 'names' | 'placeholders'>): TrafficWords {
  const shown = new Map([...names].map(([path, text]) => [withoutKey(path), withoutKey(text)]));
  const weights = new Map(
    [...placeholders].flatMap(([path, text]) => (isLive(path) ? [[withoutKey(path), text]] : [])),
  );
  const name = (deployment: string): string => shown.get(deployment) ?? deployment;
  return {
    name,
    hidden: (deployment) => weights.get(deployment),
    split(traffic) {
      // Nor may it show which of them are 0.
      const open = Object.entries(canonicalTraffic(traffic)).filter(([each]) => !weights.has(each));
      const pairs = [...open, ...weights].sort(([a], [b]) => (a < b ? -1 : 1));
      return pairs.map(([each, weight]) => `${name(each)}=${weight}`).join(' ') || 'none';
    },
    hidesWeights: weights.size > 0,
  };
}

function isLive(path: string): boolean {
  return path.startsWith('traffic.');
}

/** `traffic.blue` and `mirror_traffic.blue` are both of blue. */
function withoutKey(path: string): string {
  return path.replace(/^(?:mirror_)?traffic\./, '');
}
