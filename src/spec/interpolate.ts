import type { Env } from '../deps.ts';
import type { Fault } from '../failure.ts';
import { countMasks, fillMasks, isOneMask, lookUp, type Placeholder } from './placeholders.ts';
import { type ScalarValue, typePlain } from './scalar.ts';
import { faultAt, type Node, type Place } from './tree.ts';

/** Where a text comes from, and where its placeholders find their values. */
export interface Origin {
  readonly place: (offset: number) => Place;
  readonly env: Env;
}

/** A scalar as the parser read it, with placeholders masked. */
export interface MaskedScalar {
  readonly source: string;
  readonly quoted: boolean;
  readonly place: Place;
}

/** Puts values in the place of placeholders, now that they can no longer change the structure, and types the scalar. */
export function interpolate(
  { source, quoted, place }: MaskedScalar,
  within: readonly Placeholder[],
  origin: Origin,
  faults: Fault[],
): Node {
  const count = countMasks(source);
  // A comment in the header of a block scalar may hold more of them; they come first.
  const used = count === 0 ? [] : within.slice(-count);
  if (used.length < count || !fillMasks(source, []).isWellFormed()) {
    faults.push(faultAt(place, 'an escape in this value makes an invalid character (unpaired surrogate)'));
    return { kind: 'faulty', place };
  }
  if (count === 0) return { kind: 'scalar', value: quoted ? source : typePlain(source), text: source, quoted, place };
  const values = used.map((placeholder) => resolve(placeholder, origin, faults));
  if (values.includes(undefined)) return { kind: 'faulty', place };
  const text = fillMasks(source, values as string[]);
  const shown = used.map((placeholder) => placeholder.shown);
  return {
    kind: 'scalar',
    value: quoted || !isOneMask(source) ? text : retype(text),
    text,
    quoted,
    placeholder: fillMasks(source, shown),
    secrets: values as string[],
    place,
  };
}

/** A variable that is set to nothing is empty text: a value that went missing must not remove a tag. */
function retype(text: string): ScalarValue {
  return text === '' ? text : typePlain(text);
}

function resolve({ shown, offset }: Placeholder, origin: Origin, faults: Fault[]): string | undefined {
  const found = lookUp(shown, origin.env);
  if ('value' in found) return found.value;
  faults.push(faultAt(origin.place(offset), found.fault));
  return undefined;
}
