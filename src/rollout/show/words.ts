/** `0.7%`; `-` of nothing. */
export function rate({ requests, errors }: { readonly requests: number; readonly errors: number }): string {
  return requests > 0 ? `${((errors / requests) * 100).toFixed(1)}%` : '-';
}

/** `12:07`, in UTC. */
export function clockTime(time: number): string {
  return new Date(time).toISOString().slice(11, 16);
}

/** `58 min`, `2 h 5 min`. */
export function span(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
