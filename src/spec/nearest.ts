import { distance } from 'fastest-levenshtein';

/**
 * The known word that `word` was probably meant to be, or nothing when none is near. A third of the letters may be
 * wrong; case, and the choice between `-`, `_` and neither, do not count.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const plain = squeeze(word);
  let best: string | undefined;
  let fewest = Math.max(1, Math.floor(plain.length / 3)) + 1;
  for (const candidate of known) {
    const edits = distance(plain, squeeze(candidate));
    if (edits < fewest) [best, fewest] = [candidate, edits];
  }
  return best;
}

function squeeze(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, '');
}
