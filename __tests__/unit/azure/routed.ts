import type { Workspace } from '../../../src/azure/connect.ts';
import { ServiceError } from '../../../src/http/errors.ts';
import { strangeAnswer } from '../../../src/http/http.ts';
import type { JsonObject } from '../../../src/json.ts';
import { type FakeWorkspace, fakeWorkspace, response } from './workspace.ts';

/** What ARM answers to a path that ends so; whatever else is asked is not there. */
export type Routes = Readonly<Record<string, JsonObject | Error>>;

/** A workspace that answers by path, also to requests that go side by side. */
export function routedWorkspace(routes: Routes): FakeWorkspace {
  const scripted = fakeWorkspace([]);
  const workspace: FakeWorkspace = {
    ...scripted,
    within: (limits): Workspace => ({ ...workspace, limits }),
    describe() {
      return workspace.send({ method: 'GET', path: '', repeat: 'always' });
    },
    send: async ({ method, path, expects }) => {
      scripted.sent.push(`${method} ${path}`);
      const [, answer] = Object.entries(routes).find(([end]) => (end === '' ? path === '' : path.endsWith(end))) ?? [];
      if (answer instanceof Error) throw answer;
      if (answer === undefined) throw refusal(404, 'ResourceNotFound', `${path} was not found`);
      if (expects?.(answer) === false) throw strangeAnswer(`${method} ${path}`, 'unexpected response');
      return response({ body: answer });
    },
  };
  return workspace;
}

export function refusal(status: number, code: string, message = ''): ServiceError {
  return new ServiceError({ status, body: { error: { code, message } }, request: 'GET something' });
}
