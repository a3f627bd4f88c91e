import type { Env } from '../deps.ts';
import type { Fault } from '../failure.ts';
import { parseDuration } from '../duration.ts';
import { inputDefinition, type InputName } from './inputs.ts';

/** The text that was given for an input, `''` when none was. */
export type RawInput = (name: InputName) => string;

/** Reads inputs, noting what is wrong with each instead of stopping at the first. */
export interface InputReader {
  readonly faults: Fault[];
  /** The value, the variable's or the default that stands in for it, or `''`. */
  text(name: InputName): string;
  required(name: InputName): string;
  lines(name: InputName): string[];
  /** The words of a list that is written with commas or line breaks between them. */
  words(name: InputName): string[];
  oneOf<T extends string>(name: InputName, allowed: readonly T[]): T;
  boolean(name: InputName): boolean;
  /** Milliseconds. */
  duration(name: InputName): number;
  integer(name: InputName, min: number, max: number): number;
  fault(name: InputName, problem: string): void;
}

export function inputReader(raw: RawInput, env: Env): InputReader {
  const faults: Fault[] = [];
  const fault = (name: InputName, problem: string): void => {
    faults.push({ message: `input ${name} ${problem}` });
  };
  const text = (name: InputName): string => {
    const { variable, default: fallback } = inputDefinition(name);
    return raw(name).trim() || (variable && env[variable]?.trim()) || fallback || '';
  };
  return {
    faults,
    fault,
    text,
    required(name) {
      const value = text(name);
      if (!value) fault(name, `is missing${orVariable(name)}`);
      return value;
    },
    lines(name) {
      return raw(name)
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
    },
    words(name) {
      return text(name)
        .split(/[,\r\n]+/)
        .map((word) => word.trim())
        .filter((word) => word !== '');
    },
    oneOf(name, allowed) {
      const value = text(name);
      const match = allowed.find((word) => word.toLowerCase() === value.toLowerCase());
      if (!match) fault(name, `is "${value}"; allowed: ${allowed.join(', ')}`);
      return match ?? allowed[0]!;
    },
    boolean(name) {
      const value = text(name).toLowerCase();
      if (value !== 'true' && value !== 'false') fault(name, `is "${value}"; allowed: true, false`);
      return value === 'true';
    },
    duration(name) {
      const value = text(name);
      const milliseconds = parseDuration(value);
      if (!milliseconds) fault(name, `is "${value}"; allowed: a duration above zero such as 90s, 30m or 2h`);
      return milliseconds ?? 0;
    },
    integer(name, min, max) {
      const value = text(name);
      const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
      if (!(number >= min && number <= max))
        fault(name, `is "${value}"; allowed: a whole number from ${min} to ${max}`);
      return number;
    },
  };
}

function orVariable(name: InputName): string {
  const { variable } = inputDefinition(name);
  return variable ? `; give it or set ${variable}` : '';
}
