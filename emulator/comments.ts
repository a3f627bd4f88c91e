import { isObject, json, parseJson } from './http.ts';
import type { Reply, Request } from './http.ts';
import type { Comment, State } from './state.ts';

const onPullRequest = /^\/repos\/[^/]+\/[^/]+\/issues\/(\d+)\/comments$/;
const byId = /^\/repos\/[^/]+\/[^/]+\/issues\/comments\/(\d+)$/;
/** Source: docs.github.com, "REST API endpoints for issue comments"; the limit is in the words of its 422. */
const longest = 65_536;

/** GitHub's comments of pull requests: list, create, update. Any token will do; a fault refuses it. */
export function handleComments(state: State, request: Request): Reply | undefined {
  const issue = onPullRequest.exec(request.path)?.[1];
  const id = byId.exec(request.path)?.[1];
  if (issue === undefined && id === undefined) return undefined;
  if (!/^(token|bearer) \S+$/i.test(request.headers['authorization'] ?? '')) {
    return json(401, { message: 'Requires authentication' });
  }
  if (issue !== undefined && request.method === 'GET') return page(state, Number(issue), request);
  const body = bodyOf(request);
  if (body === undefined) return json(422, { message: 'Validation Failed' });
  if (body.length > longest) return json(422, { message: `Body is too long (maximum is ${longest} characters)` });
  if (issue !== undefined && request.method === 'POST') return create(state, Number(issue), body);
  if (id !== undefined && request.method === 'PATCH') return update(state, Number(id), body);
  return json(404, { message: 'Not Found' });
}

function page(state: State, issue: number, request: Request): Reply {
  const size = Number(request.query.get('per_page') ?? 30);
  const number = Number(request.query.get('page') ?? 1);
  const all = state.comments.filter((comment) => comment.issue === issue);
  const next = new URL(request.target, state.url);
  next.searchParams.set('page', String(number + 1));
  const link = number * size < all.length ? { link: `<${next.href}>; rel="next"` } : {};
  return json(200, all.slice((number - 1) * size, number * size).map(view), link);
}

function create(state: State, issue: number, body: string): Reply {
  const comment = { id: state.comments.length + 1, issue, body };
  state.comments.push(comment);
  return json(201, view(comment));
}

function update(state: State, id: number, body: string): Reply {
  const comment = state.comments.find((each) => each.id === id);
  if (!comment) return json(404, { message: 'Not Found' });
  comment.body = body;
  return json(200, view(comment));
}

function bodyOf(request: Request): string | undefined {
  const parsed = parseJson(request.text);
  return isObject(parsed) && typeof parsed['body'] === 'string' ? parsed['body'] : undefined;
}

function view({ id, body }: Comment): object {
  return { id, body, user: { login: 'github-actions[bot]', type: 'Bot' } };
}
