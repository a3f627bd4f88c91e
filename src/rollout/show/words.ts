import { MINUTE } from '../../duration.ts';

/** `0.7%`; `-` of nothing. */
export function rate({ requests, errors }: { readonly requests: number; readonly errors: number }): string {
  return requests > 0 ? `${((errors / requests) * 100).toFixed(1)}%` : '-';
}

/** `12:07`, in UTC. */
export function clockTime(time: number): string {
  return isoTime(time)?.slice(11, 16) ?? '--:--';
}

/** `2026-11-23T12:07:00.000Z`; nothing for what is no time. Years beyond 9999 have another form, and are none here. */
export function isoTime(time: number): string | undefined {
  return time >= 0 && time < Date.UTC(10_000) ? new Date(time).toISOString() : undefined;
}

/** `58 min`, `2 h 5 min`. */
export function span(milliseconds: number): string {
  const minutes = Math.max(0, Math.round(milliseconds / MINUTE)) || 0;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Words from outside, no longer than there is room for. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
