import { type KeyValueProperty, parseSync } from '@swc/core';

/** What webpack calls the modules of a chunk, and those of the entry. */
const MODULES = new Set(['modules', '__webpack_modules__']);

/**
 * Puts parentheses around the function that each module of a chunk is. V8 compiles what is in parentheses at once; else it
 * reads every module twice, once to see where its function ends and once to run it, and a chunk is loaded to be run.
 */
export function withEagerModules(code: string): string {
  const bytes = Buffer.from(code);
  const program = parseSync(code, { syntax: 'ecmascript', target: 'es2024' });
  // Positions are bytes, counted from where the first program of this process began.
  const origin = program.span.start;
  const lists = program.body.flatMap((item) => {
    const declaration = item.type === 'ExportDeclaration' ? item.declaration : item;
    return declaration.type === 'VariableDeclaration' ? declaration.declarations : [];
  });
  const marks = lists
    .flatMap(({ id, init }) =>
      id.type === 'Identifier' && MODULES.has(id.value) && init?.type === 'ObjectExpression' ? init.properties : [],
    )
    .filter((property): property is KeyValueProperty => property.type === 'KeyValueProperty')
    .flatMap(({ value }) =>
      value.type === 'ArrowFunctionExpression' || value.type === 'FunctionExpression'
        ? [
            { at: value.span.start - origin, mark: '(' },
            { at: value.span.end - origin, mark: ')' },
          ]
        : [],
    );
  const ends = [...marks.map(({ at }) => at), bytes.length];
  const pieces = marks.map(({ mark, at }, index) => mark + bytes.toString('utf8', at, ends[index + 1]));
  return bytes.toString('utf8', 0, ends[0]) + pieces.join('');
}
