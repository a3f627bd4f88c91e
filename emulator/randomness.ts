import { createHash, createHmac } from 'node:crypto';

/**
 * A source of unguessable strings. It is data: `entropy` is chosen once, at the start, and `drawn` counts, so that a
 * state and a request decide an answer completely.
 */
export interface Randomness {
  readonly entropy: string;
  drawn: number;
}

/** 64 hexadecimal digits that were never drawn before. */
export function draw(source: Randomness): string {
  source.drawn += 1;
  return createHmac('sha256', source.entropy).update(String(source.drawn)).digest('hex');
}

export function drawGuid(source: Randomness): string {
  return asGuid(draw(source));
}

/** A GUID that is always the same for the same words. */
export function guidOf(words: string): string {
  return asGuid(createHash('sha256').update(words).digest('hex'));
}

function asGuid(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
