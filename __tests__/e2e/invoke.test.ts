import { expect, test } from '@jest/globals';
import type { Seed } from '../../emulator/seed.ts';
import { inScene } from '../support/scene.ts';

const PATH = '/v1/models/iris:predict';
const inferenceConfig = { scoringRoute: { path: PATH, port: 8501 } };
const seed: Seed = {
  workspaces: [
    {
      name: 'ws-emulator',
      environments: [{ name: 'tfserving', properties: { inferenceConfig } }],
      endpoints: [
        {
          name: 'iris',
          properties: { traffic: { blue: 100 } },
          deployments: [{ name: 'blue' }, { name: 'green', properties: { environmentId: 'azureml:tfserving:1' } }],
        },
      ],
    },
  ],
};
const files = { 'request.json': '{"data": [1, 2]}', 'request.csv': 'a,b\n1,2\n' };
const invoke = { operation: 'invoke', endpoint: 'iris', 'request-file': 'request.json' };

test.concurrent(
  'invoke sends a file by the traffic split, or to one deployment, and hands the answer over',
  inScene({ seed, files }, async ({ action, azure }) => {
    const [split, green, csv] = await Promise.all([
      action(invoke),
      action({ ...invoke, deployment: 'green' }),
      action({ ...invoke, 'request-file': 'request.csv' }),
    ]);
    const answerOf = (text: string | undefined): unknown => JSON.parse(text ?? '');
    expect(split).toMatchObject({ exitCode: 0, outputs: { 'response-status': '200' } });
    expect(answerOf(split.outputs['response'])).toMatchObject({ deployment: 'blue', request: { data: [1, 2] } });
    expect(split.maskedLog).toContain('answered 200 by deployment blue');
    expect(answerOf(green.outputs['response'])).toMatchObject({ deployment: 'green' });
    expect(answerOf(csv.outputs['response'])).toMatchObject({ request: files['request.csv'] });
    expect(azure.requests().filter(({ path }) => path.endsWith('/score'))).toHaveLength(3);
  }),
);

test.concurrent(
  'invoke calls a custom container at its path, in a job and on the command line',
  inScene({ seed, files }, async ({ action, commandLine, azure }) => {
    const words = ['invoke', 'iris', '--deployment=green', '--request-file=request.json'];
    const [job, person, other] = await Promise.all([
      action({ ...invoke, deployment: 'green', path: PATH }),
      commandLine([...words, '--path', `${PATH}?verbose=true`]),
      action({ ...invoke, deployment: 'blue', path: PATH }),
    ]);
    expect(job).toMatchObject({ exitCode: 0, annotations: [], outputs: { 'response-status': '200' } });
    expect(JSON.parse(person.stdout)).toMatchObject({ deployment: 'green', request: { data: [1, 2] } });
    expect(other).toMatchObject({ exitCode: 1, outputs: { 'response-status': '424' } });
    expect(other.annotations[0]?.message).toContain('next step: The container does not serve this path: ');
    expect(azure.requests().filter(({ path }) => path.endsWith('/score'))).toEqual([]);
  }),
);

test.concurrent(
  'a faulty path is told before anything is sent, and one that nobody reads is a warning',
  inScene({ seed, files }, async ({ action, commandLine, azure }) => {
    const faulty = await action({ ...invoke, path: '//evil.example/score' });
    expect(faulty.exitCode).toBe(2);
    expect(faulty.annotations[0]?.message).toMatch(
      /^input path is "\/\/evil\.example\/score"; allowed: a path such as /,
    );
    const empty = await commandLine(['invoke', 'iris', '--request-file', 'request.json', '--path', '']);
    expect(empty).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('input path is missing') });
    expect(azure.requests()).toEqual([]);
    const unread = await action({ operation: 'url', endpoint: 'iris', path: PATH });
    expect(unread).toMatchObject({ exitCode: 0, annotations: [{ type: 'warning' }] });
    expect(unread.annotations[0]?.message).toContain('path');
  }),
);

test.concurrent(
  'invoke fails on another status than the expected one, and succeeds on an expected refusal',
  inScene({ seed, files }, async ({ action, azure }) => {
    azure.fault({ match: { path: '/score' }, times: 'always', then: { status: 424, body: 'the model broke' } });
    const [unexpected, expected] = await Promise.all([action(invoke), action({ ...invoke, 'expect-status': '424' })]);
    expect(unexpected).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    expect(unexpected.annotations[0]?.message).toMatch(
      /answered 424, not 200: the model broke[\s\S]*logs of the deploy/,
    );
    expect(expected).toMatchObject({ exitCode: 0, outputs: { 'response-status': '424', response: 'the model broke' } });
  }),
);

test.concurrent(
  'text of a model that looks like workflow commands is text',
  inScene({ seed, files }, async ({ action, azure }) => {
    const body = [
      'fine',
      '::error::owned',
      '  ::add-mask::iris',
      'x ##[error]owned',
      '::stop-commands::rest-of-the-log',
      '::set-env name=PATH::/tmp',
      '::group::owned',
    ].join('\r\n');
    const forged = `::error file=x.py,line=1::owned\r\n##[warning]owned`;
    azure.fault({ match: { path: '/score' }, then: { status: 200, body } });
    azure.fault({ match: { path: '/score' }, then: { status: 424, body: forged } });
    const good = await action(invoke);
    expect(good).toMatchObject({ exitCode: 0, annotations: [], groups: [], outputs: { response: body } });
    expect(good.maskedLog).not.toContain('***');
    expect(good.jobOutputs['endpoints']).toBe(good.outputs['endpoints']);
    const bad = await action(invoke);
    expect(bad.exitCode).toBe(1);
    expect(bad.annotations).toHaveLength(1);
    expect(bad.annotations[0]).not.toHaveProperty('file');
    expect(bad.groups).toEqual([]);
  }),
);

test.concurrent(
  'invoke says which deployments there are, and which file cannot be read',
  inScene({ seed, files }, async ({ action, azure }) => {
    const [deployment, file, none] = await Promise.all([
      action({ ...invoke, deployment: 'red' }),
      action({ ...invoke, 'request-file': 'nowhere.json' }),
      action({ operation: 'invoke', endpoint: 'iris' }),
    ]);
    expect(deployment.exitCode).toBe(1);
    expect(deployment.annotations[0]?.message).toMatch(/has no deployment red\s+next step: Use one of: blue, green\./);
    expect(file.exitCode).toBe(2);
    expect(file.annotations[0]?.message).toContain('input request-file: nowhere.json cannot be read (ENOENT)');
    expect(none.exitCode).toBe(2);
    expect(azure.requests().filter(({ path }) => path.endsWith('/score'))).toEqual([]);
  }),
);
