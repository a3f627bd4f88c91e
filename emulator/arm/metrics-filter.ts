import { BodyFault } from './body-fault.ts';

/** What a `$filter` asks of one dimension. */
export interface Clause {
  /** As it was asked for. */
  readonly dimension: string;
  /** The values that pass; a star is every one. */
  readonly equal: readonly string[];
  readonly unequal: readonly string[];
}

/**
 * Reads `deployment eq 'green' and statusCode eq '*'`. `or` joins values of one dimension only
 * (azure-rest-api-specs, Microsoft.Insights, `metrics_API.json`).
 */
export function parseFilter(text: string): Clause[] {
  if (text.trim() === '') return [];
  return text.split(/\s+and\s+/i).map(parseClause);
}

export function passes({ equal, unequal }: Clause, value: string): boolean {
  const isOneOf = (values: readonly string[]): boolean =>
    values.some((wanted) => wanted === '*' || wanted.toLowerCase() === value.toLowerCase());
  return (equal.length === 0 || isOneOf(equal)) && !isOneOf(unequal);
}

function parseClause(text: string): Clause {
  const terms = text.split(/\s+or\s+/i).map((term) => {
    const [, dimension = '', operator = '', value = ''] = /^\s*([\w-]+)\s+(eq|ne)\s+'([^']*)'\s*$/i.exec(term) ?? [];
    if (dimension === '') throw new BodyFault(`The filter '${term}' is not valid`);
    return { dimension, isEqual: operator.toLowerCase() === 'eq', value };
  });
  const dimension = terms[0]?.dimension ?? '';
  if (terms.some((term) => term.dimension.toLowerCase() !== dimension.toLowerCase())) {
    throw new BodyFault(`'or' cannot join two dimensions: ${text}`);
  }
  return {
    dimension,
    equal: terms.filter(({ isEqual }) => isEqual).map(({ value }) => value),
    unequal: terms.filter(({ isEqual }) => !isEqual).map(({ value }) => value),
  };
}
