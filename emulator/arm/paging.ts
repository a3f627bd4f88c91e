import { json } from '../http.ts';
import type { JsonObject, Reply } from '../http.ts';
import type { Context } from './context.ts';

/** One page of a list, with a `nextLink` when more follows. `count` asks for a smaller page, `$skip` for a later one. */
export function page({ state, request, version }: Context, all: readonly JsonObject[]): Reply {
  const size = Math.min(positive(request.query.get('count')) ?? Infinity, state.behaviour.pageSize);
  const start = positive(request.query.get('$skip')) ?? 0;
  const end = start + size;
  const count = request.query.has('count') ? `&count=${size}` : '';
  const nextLink = `${state.url}${request.path}?api-version=${version}${count}&$skip=${end}`;
  return json(200, { value: all.slice(start, end), ...(end < all.length ? { nextLink } : {}) });
}

function positive(text: string | null): number | undefined {
  const number = Number(text ?? NaN);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}
