/**
 * Text that a runner takes for text. It takes a line that begins with `::`, and `##[` anywhere, for a command; text of
 * services and models must not become one. Source: actions/runner, `ActionCommand.cs`.
 */
export function harmless(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, '$1:\u200b').replaceAll('##[', '##\u200b[');
}
