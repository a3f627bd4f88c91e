import { describe, expect, test } from '@jest/globals';
import { ConnectionError, ServiceError } from '../../../../src/http/errors.ts';
import { Failure } from '../../../../src/failure.ts';
import { diagnose } from '../../../../src/operations/write/diagnose.ts';
import { type Answer, fakeWorkspace } from '../../azure/workspace.ts';

const at = (line: number) => ({ file: 'blue.yml', line, column: 1 });
const positions = new Map([
  ['name', at(1)],
  ['instance_type', at(5)],
  ['code_configuration.scoring_script', at(9)],
]);
const SPEC = {
  name: 'blue',
  endpoint: 'iris',
  file: 'blue.yml',
  positions,
  placeholders: new Map([['environment_variables.KEY', '${{ env.KEY }}']]),
  body: { properties: { environmentVariables: { KEY: 'a-long-secret', OTHER: 'visible-value' } } },
  code: { how: 'inline', source: { content: { local: 'model/src' } } },
} as const;

const PUT = 'PUT onlineEndpoints/iris/deployments/blue';
const CRASH = new Failure(
  'create of deployment blue of endpoint iris failed after 5 min: User container has crashed or terminated',
  {
    code: 'ResourceNotReady',
    codes: ['ResourceNotReady'],
    requestId: 'id-7',
    nextStep: 'Fix what Azure reports.',
  },
);
const traceback = (file: string): string =>
  `started with a-long-secret and visible-value\nTraceback (most recent call last):\n  File "${file}", line 12, in init\n    x\nKeyError: 'model'`;
const logs = (server: string, storage = ''): Answer[] => [
  { body: { content: server } },
  { body: { content: storage } },
];

async function diagnosed(
  answers: readonly (Answer | Error)[],
  spec: Parameters<typeof diagnose>[1] = SPEC,
  error: unknown = CRASH,
  wasSent = true,
) {
  const workspace = fakeWorkspace(answers);
  const failure = (await diagnose(workspace, spec, error, wasSent)) as Failure;
  return { failure, lines: workspace.deps.report.lines, sent: workspace.sent };
}

describe('a deployment that failed', () => {
  test('shows both logs and says what class of failure it is', async () => {
    const { failure, lines, sent } = await diagnosed(logs(traceback('/var/azureml-app/src/score.py'), 'downloading'));
    expect(sent).toEqual(Array(2).fill('POST /onlineEndpoints/iris/deployments/blue/getLogs'));
    expect(lines.filter(({ level }) => level === 'foreign').map(({ text }) => text.split('\n')[0])).toEqual([
      'log of inference-server, deployment blue of endpoint iris',
      'log of storage-initializer, deployment blue of endpoint iris',
    ]);
    expect(failure.message).toBe(CRASH.message);
    expect(failure.details).toMatchObject({
      code: 'ResourceNotReady',
      requestId: 'id-7',
      at: at(9),
      nextStep: 'Fix what the exception names and run again.',
      diagnosis: {
        kind: 'start-up',
        culprit: "KeyError: 'model'",
        culpritAt: { file: 'model/src/score.py', line: 12 },
      },
    });
  });

  test('a value that came from a placeholder is not in the log', async () => {
    const { failure, lines } = await diagnosed(logs(traceback('x.py')));
    const shown = JSON.stringify([lines, failure.details.diagnosis]);
    expect(shown).not.toContain('a-long-secret');
    expect(shown).toContain('${{ env.KEY }}');
    expect(shown).toContain('visible-value');
  });

  test.each([
    ['/var/azureml-app/src/lib/deep.py', 'model/src', 'model/src/lib/deep.py'],
    ['/var/azureml-app/anything/score.py', '.', 'score.py'],
    ['/var/azureml-app/onlinescoring/score.py', '../onlinescoring', '../onlinescoring/score.py'],
    ['/var/azureml-app/azureml-models/m/1/code.py', '.', undefined],
    ['/var/azureml-app/azureml-models/m/1/code.py', 'src', undefined],
    ['/azureml-envs/lib/python3.10/site-packages/sklearn/base.py', 'src', undefined],
    ['/var/azureml-app/src/../../../etc/passwd', 'src', undefined],
    ['/var/azureml-app/src', 'src', undefined],
  ])('%s of code %s is %s', async (file, local, expected) => {
    const spec = { ...SPEC, code: { how: 'inline', source: { content: { local } } } } as const;
    const { failure } = await diagnosed(logs(traceback(file)), spec);
    expect(failure.details.diagnosis?.culpritAt?.file).toBe(expected);
  });

  test('code that lies in Azure has no place in the repository', async () => {
    const spec = { ...SPEC, code: { how: 'version', name: 'code', version: '1' } } as const;
    const { failure } = await diagnosed(logs(traceback('/var/azureml-app/src/score.py')), spec);
    expect(failure.details.diagnosis?.culprit).toBe("KeyError: 'model'");
    expect(failure.details.diagnosis?.culpritAt).toBeUndefined();
  });

  test('logs that cannot be had never hide the error', async () => {
    const { failure, lines } = await diagnosed([
      new ConnectionError('POST x/getLogs', 'ECONNRESET', 'connection failed'),
    ]);
    expect(failure.message).toBe(CRASH.message);
    expect(failure.details.diagnosis).toEqual({ kind: 'start-up', logs: [] });
    expect(lines.filter(({ text }) => text.includes('cannot be read'))).toHaveLength(2);
  });

  test('empty logs are told from those that cannot be had', async () => {
    const { lines } = await diagnosed([{ body: { content: '' } }]);
    expect(lines.map(({ text }) => text)).toEqual([
      'log of inference-server, deployment blue of endpoint iris is empty',
      'log of storage-initializer, deployment blue of endpoint iris is empty',
    ]);
  });

  test('one that Azure refused at once ran no container, so there are no logs to ask for', async () => {
    const words =
      'Not enough quota available for Standard_X in SubscriptionId x. Current usage/limit: 4/6. Additional needed: 8';
    const body = {
      error: { code: 'BadRequest', message: 'The request is invalid.', details: [{ code: 'X', message: words }] },
    };
    const error = new ServiceError({ status: 400, body, request: PUT, requestId: 'id-2' });
    const { failure, sent } = await diagnosed([], SPEC, error);
    expect(sent).toEqual([]);
    expect(failure.message).toContain(words);
    expect(failure.details).toMatchObject({ code: 'BadRequest', request: PUT, requestId: 'id-2', at: at(5) });
    expect(failure.details.diagnosis?.kind).toBe('quota');
    expect(failure.details.nextStep).toContain('2 of 6 are free. Ask for a limit of 12');
  });

  test.each([
    new ServiceError({ status: 403, body: {}, request: PUT }),
    new ServiceError({ status: 400, body: { message: 'it is in Updating provisioning state' }, request: PUT }),
    new ServiceError({ status: 400, body: {}, request: 'PUT models/iris/versions/1' }),
    new ConnectionError(PUT, 'ECONNRESET', 'cut'),
    new Error('a fault of ours'),
  ])('what is no verdict of Azure on it stays as it is: %s', async (error) => {
    const { failure, sent } = await diagnosed([], SPEC, error);
    expect(failure).toBe(error);
    expect(sent).toEqual([]);
  });

  test('what fails before it was sent is none of its containers', async () => {
    const error = new Failure('deployment blue of endpoint iris: src/score.py changed while it was read');
    const { failure, sent } = await diagnosed([], SPEC, error, false);
    expect([failure, sent]).toEqual([error, []]);
  });

  test('on cancel nothing more is asked', async () => {
    const workspace = fakeWorkspace(logs('x'));
    workspace.deps.cancel();
    expect(await diagnose(workspace, SPEC, CRASH, true)).toBe(CRASH);
    expect(workspace.sent).toEqual([]);
  });
});
