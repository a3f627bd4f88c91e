import { createHash } from 'node:crypto';

/** The next number in [0, 1). */
export type Chance = () => number;

/** Numbers that look random and are always the same for the same words (Marsaglia's xorshift with 32 bits). */
export function chanceOf(words: string): Chance {
  let state = createHash('sha256').update(words).digest().readUInt32LE(0) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** How many of `count` happen, each with `probability`: exact, by the lengths of the gaps between them. */
export function binomial(count: number, probability: number, chance: Chance): number {
  if (probability > 0.5) return count - binomial(count, 1 - probability, chance);
  if (probability <= 0) return 0;
  const scale = Math.log1p(-probability);
  let happened = 0;
  for (let seen = gap(scale, chance); seen <= count; seen += gap(scale, chance)) happened += 1;
  return happened;
}

/** Shares out `count` at random by weight. */
export function share(
  count: number,
  weights: Readonly<Record<string, number>>,
  chance: Chance,
): Record<string, number> {
  let left = count;
  let weight = Object.values(weights).reduce((sum, each) => sum + each, 0);
  const shares = Object.entries(weights)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, own]): [string, number] => {
      const taken = weight > 0 ? binomial(left, Math.min(1, own / weight), chance) : 0;
      left -= taken;
      weight -= own;
      return [name, taken];
    });
  // Not by assignment, which loses what is called `__proto__`.
  return Object.fromEntries(shares);
}

/** A number about 1, log-normal. */
export function wobble(spread: number, chance: Chance): number {
  const [one, other] = [1 - chance(), chance()];
  return Math.exp(spread * Math.sqrt(-2 * Math.log(one)) * Math.cos(2 * Math.PI * other));
}

function gap(scale: number, chance: Chance): number {
  return Math.floor(Math.log(1 - chance()) / scale) + 1;
}
