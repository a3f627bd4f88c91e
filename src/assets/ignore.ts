/** Tells whether a file or folder is left out. The path is relative to the folder of the rules, with `/` in between. */
export interface IgnoreRules {
  excludes(path: string): boolean;
  /** Whether a rule takes something back in (`!keep.txt`), also from within a folder that another one leaves out. */
  readonly takesBack: boolean;
}

interface Rule {
  readonly pattern: RegExp;
  readonly excludes: boolean;
}

/** The names of the files with rules, in the order in which they are looked for; only the first that is there counts. */
export const IGNORE_FILES = ['.amlignore', '.gitignore'] as const;

/**
 * Reads the lines of an ignore file as azure-ai-ml does (`_utils/_pathspec.py`, "gitwildmatch"), so that the same files
 * make the same hash. Git itself, and with it the npm package `ignore`, differ: there nothing comes back out of a folder that
 * is left out, and `name/` leaves out the folder rather than all that is below it.
 */
export function ignoreRules(text: string): IgnoreRules {
  const rules = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .flatMap((line) => rule(line.trim()) ?? []);
  return {
    // The last rule that matches decides.
    excludes: (path) => rules.findLast(({ pattern }) => pattern.test(path))?.excludes ?? false,
    takesBack: rules.some(({ excludes }) => !excludes),
  };
}

function rule(line: string): Rule | undefined {
  if (line === '' || line === '/' || line.startsWith('#')) return undefined;
  const excludes = !line.startsWith('!');
  const source = expression(excludes ? line : line.slice(1));
  return source === undefined ? undefined : { pattern: new RegExp(source, 'su'), excludes };
}

/** `undefined` for a line that can match nothing. */
function expression(line: string): string | undefined {
  const segments = line.split('/').filter((segment, index, all) => segment !== '**' || all[index - 1] !== '**');
  if (segments.length === 2 && segments[0] === '**' && segments[1] === '') return '^.+/.*$';
  const ending = segments.at(-1) === '' && segments.length > 1;
  if (segments[0] === '') segments.shift();
  else if (segments.length === (ending ? 2 : 1) && segments[0] !== '**') segments.unshift('**');
  if (segments.length === 0) return undefined;
  if (ending && segments.length > 1) segments[segments.length - 1] = '**';
  const last = segments.length - 1;
  let source = '^';
  let needsSlash = false;
  for (const [index, segment] of segments.entries()) {
    if (segment === '**') {
      if (last === 0) return '^.+$';
      source += index === 0 ? '(?:.+/)?' : index === last ? '/.*' : '(?:/.+)?';
      needsSlash = index > 0;
      continue;
    }
    const glob = segment === '*' ? '[^/]+' : segmentExpression(segment);
    if (glob === undefined) return undefined;
    source += (needsSlash ? '/' : '') + glob + (index === last ? '(?:/.*)?' : '');
    needsSlash = true;
  }
  return `${source}$`;
}

const GLOB =
  /\\(?<literal>.)|(?<many>\*)|(?<one>\?)|\[(?<not>!?)(?<set>\]?[^\]]*)\]|(?<plain>[^\\])|(?<dangling>\\)/gsu;

function segmentExpression(segment: string): string | undefined {
  let source = '';
  for (const { groups = {} } of segment.matchAll(GLOB)) {
    const { literal, many, one, not, set, plain, dangling } = groups;
    if (dangling !== undefined) return undefined;
    if (many !== undefined) source += '[^/]*';
    else if (one !== undefined) source += '[^/]';
    else if (set !== undefined) source += bracket(set, not === '!');
    else source += escaped(literal ?? plain ?? '');
  }
  return source;
}

/** A set that no expression can be made of matches itself. */
function bracket(set: string, negated: boolean): string {
  const body = set.replace(/[\\\][]/g, '\\$&').replace(/^\^/, '\\^');
  const source = `[${negated ? '^' : ''}${body}]`;
  try {
    new RegExp(source, 'u');
    return source;
  } catch {
    return escaped(`[${negated ? '!' : ''}${set}]`);
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
