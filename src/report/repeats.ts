/** How far back a line may be like one before: probes of two kinds take turns. */
const WINDOW = 4;

/**
 * The lines of a log, those that only say again what was just said counted instead of shown: probes fill a log until
 * nothing else can be seen. Lines with an indent belong to the line above them and always stay.
 */
export function withoutRepeats(lines: readonly string[]): string[] {
  const shown: { readonly line: string; readonly key: string; readonly like: string[] }[] = [];
  for (const line of lines) {
    const key = sameness(line);
    const before = key === '' ? undefined : shown.slice(-WINDOW).find((each) => each.key === key);
    if (before) before.like.push(line);
    else shown.push({ line, key, like: [] });
  }
  return shown.flatMap(({ line, like }) => {
    if (like.length < 2) return [line, ...like];
    return [line, `… ${like.length} lines like this`];
  });
}

/** Two lines with the same are alike; empty for a line that is like no other. */
function sameness(line: string): string {
  if (line.trim() === '' || /^\s/.test(line)) return '';
  return isProbe(line) ? line.replace(/\d+/g, '0') : line.replace(TIME, '0');
}

/** The numbers of a probe (how long, how many bytes) tell nothing. */
function isProbe(line: string): boolean {
  return /probe/i.test(line) || /\bGET \/\S* (HTTP\/|\d)/.test(line);
}

/** Dates and times as Python, gunicorn and Kubernetes write them, and the number of a process beside them. */
const TIME = /\d{4}-?\d\d-?\d\d[T -]|\d\d:\d\d:\d\d([.,]\d+)?(Z|\s?[+-]\d{4})?|\[\d+\]|\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:/g;
