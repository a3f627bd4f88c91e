export type ScalarValue = string | number | boolean | null;

const NULL = /^(?:|~|null|Null|NULL)$/;
const BOOLEAN = /^(?:true|True|TRUE|false|False|FALSE)$/;
const INTEGER = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/**
 * The value of a plain scalar by the core schema of YAML 1.2 (yaml.org, 1.2.2, section 10.3.2). So `yes`, `on`, dates
 * and `1_000` are text, which YAML 1.1 reads otherwise.
 */
export function typePlain(text: string): ScalarValue {
  if (NULL.test(text)) return null;
  if (BOOLEAN.test(text)) return text.toLowerCase() === 'true';
  if (INTEGER.test(text) || FLOAT.test(text)) return Number(text);
  if (NOT_FINITE.test(text)) return /nan$/i.test(text) ? NaN : infinity(text);
  return text;
}

function infinity(text: string): number {
  return text.startsWith('-') ? -Infinity : Infinity;
}
