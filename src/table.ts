import { visible } from './visible.ts';

/** A table for terminals and logs: columns as wide as their widest cell, two spaces between them. */
export function textTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [header, ...rows].map(line).join('\n');
}

/** The same table in Markdown, with every cell made harmless. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(' | ')} |`;
  return [line(header), `|${' --- |'.repeat(header.length)}`, ...rows.map(line)].join('\n');
}

/**
 * Text that Markdown and HTML show as it is. Names, tags and messages of services come from outside, and a job summary
 * renders whatever it is given.
 */
export function markdownText(text: string): string {
  return visible(text.replace(/\s+/g, ' ')).replace(
    /[&<>"'\\`*_{}[\]()#+!|~@]/g,
    (character) => `&#${character.charCodeAt(0)};`,
  );
}

/** Enough to see why it failed, and little enough that many of them fit into a summary. */
const FOLDED_LINES = 100;
const LONGEST_FOLDED_LINE = 500;

/** Lines of a stranger's log, folded away under a title. Whatever is in them, they are shown and not obeyed. */
export function foldedText(title: string, lines: readonly string[]): string {
  const text = lines.slice(-FOLDED_LINES).map((line) => htmlText(line.slice(0, LONGEST_FOLDED_LINE)));
  // The empty line ends the block of the summary, so that the next one is all text up to its own end.
  return `<details><summary>${markdownText(title)}</summary>\n\n<pre>\n${text.join('\n')}\n</pre>\n\n</details>`;
}

/** Text that HTML shows as it is, with its spaces. */
function htmlText(text: string): string {
  return text.replace(/[&<>"'`@]/g, (character) => `&#${character.charCodeAt(0)};`);
}
