/** 1.5 for `1.5x`. */
export function factorIn(text: string): number | undefined {
  return numberBefore(text, 'x');
}

/** 0.05 for `5%`. */
export function shareIn(text: string): number | undefined {
  const percent = numberBefore(text, '%');
  // Hundredths of what was written, without what binary fractions add.
  return percent === undefined ? undefined : Number((percent / 100).toFixed(8));
}

function numberBefore(text: string, unit: string): number | undefined {
  const digits = text.endsWith(unit) ? text.slice(0, -unit.length) : '';
  return /^\d+(?:\.\d+)?$/.test(digits) ? Number(digits) : undefined;
}
