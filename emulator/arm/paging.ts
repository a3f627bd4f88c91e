import { json } from '../http.ts';
import type { JsonObject, Reply } from '../http.ts';
import type { Context } from './context.ts';

/** One page of a list, with a `nextLink` that asks for the same when more follows. `count` asks for a smaller page, `$skip` for a later one. */
export function page({ state, request, version }: Context, all: readonly JsonObject[]): Reply {
  const size = Math.min(positive(request.query.get('count')) ?? Infinity, state.behaviour.pageSize);
  const start = positive(request.query.get('$skip')) ?? 0;
  const end = start + size;
  const kept = [...request.query].filter(([name]) => !['api-version', '$skip'].includes(name));
  const asked = kept.map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join('');
  const nextLink = `${state.url}${request.path}?api-version=${version}${asked}&$skip=${end}`;
  return json(200, { value: all.slice(start, end), ...(end < all.length ? { nextLink } : {}) });
}

function positive(text: string | null): number | undefined {
  const number = Number(text ?? NaN);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}
