/** Whether a word of a selection is a glob: `*` stands for any characters, `?` for exactly one. */
export function isGlob(word: string): boolean {
  return /[*?]/.test(word);
}

/** Whether `name` is selected by any of the names or globs. Case does not count, as in Azure. */
export function matchesSelection(name: string, select: readonly string[]): boolean {
  return select.some((word) => matchesWord(name, word));
}

/** Whether `name` is the one that `word` names, or one that it matches as a glob. */
export function matchesWord(name: string, word: string): boolean {
  return isGlob(word) ? globPattern(word).test(name) : word.toLowerCase() === name.toLowerCase();
}

function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/[\\^$.+()|[\]{}]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'i');
}
