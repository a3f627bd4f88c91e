export interface Random {
  /** In [0, 1). */
  uniform(): number;
  /** How many of independent events happen when `mean` are expected. */
  poisson(mean: number): number;
  /** Standard normal. */
  normal(): number;
}

/** Above this mean a Poisson number is as good as normal: what is drawn so are requests that succeed. */
const LARGE = 2_000;
/** Up to this mean, exp(-mean) is far from the smallest number there is. */
const PART = 50;

/** The same numbers for the same seed: Marsaglia's xorshift of 32 bits (2003), after a scramble of the seed. */
export function randomFrom(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1) ^ 0x5bd1e995 || 1;
  const uniform = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let warm = 0; warm < 16; warm += 1) uniform();
  // Box and Muller 1958.
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  // Knuth, The Art of Computer Programming 2, 3.4.1: uniform numbers are multiplied until they are below exp(-mean).
  const small = (mean: number): number => {
    const end = Math.exp(-mean);
    let count = 0;
    for (let product = uniform(); product > end; product *= uniform()) count += 1;
    return count;
  };
  const poisson = (mean: number): number => {
    if (mean > LARGE) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    let count = 0;
    let left = mean;
    for (; left > PART; left -= PART) count += small(PART);
    return count + small(left);
  };
  return { uniform, normal, poisson };
}
