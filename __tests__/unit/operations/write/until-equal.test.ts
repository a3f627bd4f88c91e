import { expect, test } from '@jest/globals';
import { ConnectionError } from '../../../../src/http/errors.ts';
import type { JsonObject } from '../../../../src/json.ts';
import { writeUntilEqual } from '../../../../src/operations/write/until-equal.ts';
import type { ResourcePlan } from '../../../../src/plan/changes.ts';
import { fakeWorkspace, response } from '../../azure/workspace.ts';

const live = (words: string): JsonObject => ({ properties: { provisioningState: 'Succeeded', description: words } });

test('a create whose answer was lost is not left open by the update that ends it', async () => {
  const workspace = fakeWorkspace([]);
  const { clock, journal } = workspace.deps;
  const begin = clock.now();
  let shown: JsonObject | undefined;
  const puts: string[] = [];
  const opened: string[][] = [];
  const subject = {
    title: 'endpoint iris',
    endpoint: 'iris',
    // The lost create shows late, and somebody else has changed it by then.
    read: async () => (shown ??= clock.now() - begin > 10_000 ? live('theirs') : undefined),
    plan: (found: JsonObject | undefined): ResourcePlan => {
      const isOurs = JSON.stringify(found) === JSON.stringify(live('ours'));
      const action = found === undefined ? 'create' : isOurs ? 'none' : 'update';
      return { name: 'iris', action, changes: isOurs ? [] : [{ path: 'description' }], body: live('ours') };
    },
    put: async (body: JsonObject) => {
      opened.push(journal.open().map(({ what }) => what));
      puts.push(shown ? 'update' : 'create');
      if (!shown) throw new ConnectionError('PUT onlineEndpoints/iris', 'ECONNRESET', 'socket hang up');
      shown = body;
      return response({ status: 200 });
    },
  };
  const done = await writeUntilEqual(workspace, subject, { journal, check: async () => {}, fence: () => {} });
  expect(puts).toEqual(['create', 'update']);
  // For as long as nobody knows what became of the create, both may be under way.
  expect(opened).toEqual([['create of endpoint iris'], ['create of endpoint iris', 'update of endpoint iris']]);
  expect(done).toMatchObject({ changed: true, live: live('ours'), plan: { action: 'create' } });
  expect(journal.open()).toEqual([]);
});

test('a field that Azure takes and never shows is not blamed on another write alone', async () => {
  const workspace = fakeWorkspace([]);
  const changes = [{ path: 'startup_probe.period', to: 5 }];
  const subject = {
    title: 'deployment blue of endpoint iris',
    endpoint: 'iris',
    read: async () => live('old'),
    plan: (): ResourcePlan => ({ name: 'blue', action: 'update', changes, body: live('new') }),
    put: async () => response({ status: 200 }),
  };
  const guards = { journal: workspace.deps.journal, check: async () => {}, fence: () => {} };
  const failure: unknown = await writeUntilEqual(workspace, subject, guards).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    message:
      'Azure reports the update of deployment blue of endpoint iris as done but does not show it (startup_probe.period)',
    details: { nextStep: expect.stringMatching(/operation `plan`.*newer `api-version`/) },
  });
});
