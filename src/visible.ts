/** Characters that nobody sees and that change what is seen: they move a cursor, end a line or turn the reading order. */
const UNSEEN = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** The text with such characters as JSON writes them: a name from a file must not make a plan read as another one. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const inJson = JSON.stringify(character).slice(1, -1);
    return inJson.length > 1 ? inJson : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
