/** `1,003`; a part of a request is rounded away. */
export function whole(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `312 requests`, `1 error`. */
export function some(count: number, one: string): string {
  return `${whole(count)} ${one}${Math.round(count) === 1 ? '' : 's'}`;
}

/** `4.1 %`, `0 %`, `0.04 %`: of a rate from 0 to 1, two digits where there is less than a tenth of a percent. */
export function percent(rate: number): string {
  const value = rate * 100;
  if (value === 0 || value >= 99.95) return `${Math.round(value)} %`;
  return `${value >= 0.1 ? value.toFixed(1) : String(Number(value.toPrecision(2)))} %`;
}

/** `0.8`, `112`, `3.1e4`. */
export function evidenceWords(value: number): string {
  if (value >= 1000) return value.toExponential(1).replace('e+', 'e');
  return value >= 10 ? String(Math.round(value)) : value.toFixed(1);
}

/** `10.2 times`, `340 times`. */
export function times(ratio: number): string {
  return `${ratio >= 100 ? whole(ratio) : String(Number(ratio.toFixed(1)))} times`;
}

/** `38 ms`, `2,400 ms`, `0.4 ms`. */
export function milliseconds(value: number): string {
  return `${value >= 10 ? whole(value) : String(Number(value.toPrecision(2)))} ms`;
}
