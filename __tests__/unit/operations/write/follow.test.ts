import { describe, expect, test } from '@jest/globals';
import { ConnectionError, ServiceError } from '../../../../src/http/errors.ts';
import { Failure } from '../../../../src/failure.ts';
import { sendAndFollow } from '../../../../src/operations/write/follow.ts';
import { type Answer, fakeWorkspace, response } from '../../azure/workspace.ts';

const ENTRY = { endpoint: 'iris', what: 'update of endpoint iris' };
const started = response({ status: 201, headers: { 'azure-asyncoperation': 'https://x/state' } });
const refused = (status: number) => new ServiceError({ status, body: undefined, request: 'PUT x' });

/** Sends with `send` and polls along `script`; what the journal holds at the end. */
async function afterwards(send: () => Promise<typeof started>, script: readonly (Answer | Error)[] = []) {
  const workspace = fakeWorkspace(script, 60_000);
  const { journal } = workspace.deps;
  const error = await sendAndFollow(workspace, ENTRY, journal, send).then(
    (sent) => ('error' in sent ? sent.error : undefined),
    (thrown: unknown) => thrown,
  );
  return { error, open: journal.open() };
}

test.each<[string, Error, string]>([
  ['throttling', refused(429), 'refused'],
  ['busy', refused(409), 'refused'],
  ['nobody there', new ConnectionError('PUT x', 'ECONNREFUSED', ''), 'refused'],
  ['a lost answer', new ConnectionError('PUT x', 'ECONNRESET', ''), 'lost'],
  ['a server in trouble', refused(500), 'lost'],
])('a write that met %s is told as such', async (_, error, how) => {
  const workspace = fakeWorkspace([]);
  const sent = await sendAndFollow(workspace, ENTRY, workspace.deps.journal, () => Promise.reject(error));
  expect(sent).toEqual({ how, error });
});

test('a conflict that a poll meets is not taken for one of the write, which would then be sent again', async () => {
  const workspace = fakeWorkspace([refused(409)]);
  await expect(sendAndFollow(workspace, ENTRY, workspace.deps.journal, async () => started)).rejects.toThrow('409');
});

describe('the journal of a write', () => {
  test('has it from before it is sent until it has ended', async () => {
    const workspace = fakeWorkspace([{ body: { status: 'Succeeded' } }]);
    const { journal } = workspace.deps;
    await sendAndFollow(workspace, ENTRY, journal, async () => {
      expect(journal.open()).toEqual([ENTRY]);
      return started;
    });
    expect(journal.open()).toEqual([]);
  });

  test.each<[string, Error, boolean]>([
    ['a refusal', refused(400), false],
    ['throttling', refused(429), false],
    ['busy', refused(409), false],
    ['nobody there', new ConnectionError('PUT x', 'ECONNREFUSED', ''), false],
    ['a failed sign-in', new Failure('no token'), false],
    ['a lost answer', new ConnectionError('PUT x', 'ECONNRESET', ''), true],
    ['a server in trouble', refused(500), true],
  ])('after %s', async (_, error, stays) => {
    const result = await afterwards(() => Promise.reject(error));
    expect(result.error).toBe(error);
    expect(result.open).toEqual(stays ? [ENTRY] : []);
  });

  test('is closed by a failure in Azure, which is told', async () => {
    const { error, open } = await afterwards(async () => started, [{ body: { status: 'Failed' } }]);
    expect((error as Failure).message).toContain('update of endpoint iris failed');
    expect(open).toEqual([]);
  });

  test.each<[string, Answer | Error]>([
    ['a timeout', { body: { status: 'Updating' } }],
    ['a sign-in that fails on the way', new Failure('no token')],
    ['an operation that nobody tells of', refused(503)],
  ])('stays open after %s', async (_, answer) => {
    expect((await afterwards(async () => started, [answer])).open).toEqual([ENTRY]);
  });

  test('stays open when the job is cancelled while it is sent', async () => {
    const workspace = fakeWorkspace([]);
    const { journal, cancel } = workspace.deps;
    const sent = sendAndFollow(workspace, ENTRY, journal, async () => {
      cancel();
      throw new Error('cancelled');
    });
    await expect(sent).rejects.toThrow('cancelled');
    expect(journal.open()).toEqual([ENTRY]);
  });
});
