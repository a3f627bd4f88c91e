// Evaluated before the ARM client asks for a part of it as CommonJS: jest cannot do that in the midst of linking.
import '@azure/core-rest-pipeline';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as core from '@actions/core';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../../emulator/server.ts';
import { action } from '../../../src/action.ts';
import { cli } from '../../../src/cli.ts';

const REPOSITORY = 'octo-org/octo-repo';

let emulator: Emulator;
let folder: string;
let written: { stdout: string; stderr: string };
const environment = { ...process.env };
const handlers = { SIGINT: process.listeners('SIGINT'), SIGTERM: process.listeners('SIGTERM') };

beforeAll(async () => {
  // The toolkit remembers where the summary goes, so all tests share a folder.
  folder = await mkdtemp(join(tmpdir(), 'faces-'));
  emulator = await startEmulator({ operationTime: 50 });
  setDefaultCACertificates([...getCACertificates('default'), emulator.ca]);
});

afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  emulator.reset();
  await writeFile(join(folder, 'iris.yml'), 'name: iris\n');
  for (const name of ['output', 'state', 'summary', 'env']) await writeFile(join(folder, name), '');
  Object.assign(process.env, emulator.env, {
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_STATE: join(folder, 'state'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary'),
  });
  written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    jest.spyOn(process[name], 'write').mockImplementation((chunk) => {
      written[name] += String(chunk);
      return true;
    });
  }
});

afterEach(() => {
  jest.restoreAllMocks();
  for (const name of Object.keys(process.env)) if (!(name in environment)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, environment);
  process.exitCode = undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.removeAllListeners(signal);
    for (const handler of handlers[signal]) process.on(signal, handler);
  }
});

/** Runs the action in this process, as the runner's face sees its inputs. */
async function act(inputs: Record<string, string>): Promise<void> {
  const all = { endpoint: 'iris', 'endpoints-dir': folder, ...inputs };
  for (const [name, value] of Object.entries(all)) process.env[`INPUT_${name.toUpperCase()}`] = value;
  await action();
}

const fileText = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

describe('the action', () => {
  test('hands over outputs and a summary', async () => {
    await act({ operation: 'create' });
    expect(process.exitCode).toBe(0);
    expect(await fileText('output')).toMatch(/^scoring-url<<.*\nhttps:\/\/\S+\/score$/m);
    expect(await fileText('summary')).toContain('| iris | succeeded |');
    expect(await fileText('state')).toContain('isPost');
  });

  test('sets the token as an output, and writes it nowhere else but in its mask', async () => {
    await act({ operation: 'create' });
    await act({ operation: 'token' });
    const [key] = /[0-9a-f]{64}/.exec((await fileText('output')).split('token<<')[1]!)!;
    const lines = written.stdout.split('\n').filter((line) => line.includes(key));
    expect(lines).toEqual([`::add-mask::${key}`]);
    expect(await fileText('summary')).not.toContain(key);
  });

  test('says why it failed, in the log, the outputs and the summary', async () => {
    await act({ operation: 'url' });
    expect(process.exitCode).toBe(1);
    expect(written.stdout).toContain('::error::endpoint iris is not in workspace ws-emulator');
    expect(await fileText('output')).toMatch(/^status<<.*\nfailed$/m);
    expect(await fileText('summary')).toContain('❌');
  });

  test('says the next step in the summary too', async () => {
    emulator.fault({
      match: { path: '/onlineEndpoints/iris?' },
      then: { status: 404, body: { error: { code: 'ResourceGroupNotFound', message: 'gone' } } },
    });
    await act({ operation: 'create' });
    expect(process.exitCode).toBe(1);
    const summary = await fileText('summary');
    expect(summary).toContain('- code: ResourceGroupNotFound');
    expect(summary).toMatch(/- request: GET onlineEndpoints\/iris\n- request id: [-\da-f]{36}\n- next step: /);
  });

  test('does what it was told although the runner takes nothing down for its post step', async () => {
    const done = act({ operation: 'create' });
    // What it saves for itself at its very start is there.
    process.env['GITHUB_STATE'] = join(folder, 'missing');
    await done;
    expect(process.exitCode).toBe(0);
    expect(emulator.state().endpoints).toHaveLength(1);
    expect(written.stdout).toContain('::warning::the post step will not know what is running in Azure: ');
  });

  test.each(['GITHUB_OUTPUT', 'GITHUB_STATE'])('says in a line that the file of %s cannot be written', async (name) => {
    process.env[name] = join(folder, 'missing');
    await act({ operation: 'create' });
    expect(process.exitCode).toBe(1);
    expect(written.stdout).toMatch(/::error::the runner does not work as it should: Missing file at path: \S+\n$/);
  });

  test.each([200, 424])('hands over no key that a model echoes with %d', async (status) => {
    await act({ operation: 'create' });
    await act({ operation: 'token' });
    const [key] = /[0-9a-f]{64}/.exec(await fileText('output'))!;
    for (const name of ['output', 'summary']) await writeFile(join(folder, name), '');
    written.stdout = '';
    const body = `${'x'.repeat(460)} authorization: Bearer ${key}`;
    emulator.fault({ match: { path: '/score' }, then: { status, body } });
    await act({ operation: 'invoke', 'request-file': join(folder, 'iris.yml') });
    const seen = [
      await fileText('output'),
      await fileText('summary'),
      written.stdout.replace(`::add-mask::${key}`, ''),
    ];
    expect(seen.join()).not.toContain(key.slice(0, 10));
    expect(seen[0]).toContain('authorization: Bearer ***');
  });

  test('ends well when only its summary cannot be written', async () => {
    jest.spyOn(core.summary, 'write').mockRejectedValue(new Error('EACCES: permission denied'));
    await act({ operation: 'list' });
    expect(process.exitCode).toBe(0);
    expect(written.stdout).toContain('::warning::the job summary cannot be written: EACCES');
  });

  test('goes without a summary where the runner has none', async () => {
    delete process.env['GITHUB_STEP_SUMMARY'];
    await act({ operation: 'list' });
    expect(process.exitCode).toBe(0);
  });

  test('its post step shows what the main step left under way', async () => {
    await act({ operation: 'create' });
    process.env['STATE_isPost'] = 'true';
    process.env['STATE_underWay'] = JSON.stringify([{ endpoint: 'iris', what: 'update of endpoint iris' }]);
    await act({ operation: 'update' });
    expect(process.exitCode).toBe(0);
    expect(written.stdout).toContain('still running in Azure: update of endpoint iris');
    expect(written.stdout).toMatch(/^state +Succeeded$/m);
  });

  test('its post step is silent when nothing is under way', async () => {
    process.env['STATE_isPost'] = 'true';
    await act({ operation: 'update' });
    expect(written.stdout).toBe('');
  });
});

describe('a plan in its pull request', () => {
  const onPullRequest = async (): Promise<void> => {
    const head = { sha: 'c0ffee1234c0ffee1234' };
    await writeFile(join(folder, 'event'), JSON.stringify({ pull_request: { number: 7, head } }));
    Object.assign(process.env, {
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: join(folder, 'event'),
      GITHUB_REPOSITORY: REPOSITORY,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_RUN_ID: '17',
      GITHUB_RUN_ATTEMPT: '2',
    });
  };

  test('is one comment, kept current', async () => {
    await onPullRequest();
    await act({ operation: 'plan', 'github-token': 'a-token-of-github' });
    await act({ operation: 'plan', 'github-token': 'a-token-of-github', set: 'tags.owner=ml' });
    expect(written.stdout).toContain('created the comment in pull request 7');
    expect(written.stdout).toContain('updated the comment in pull request 7');
    const [comment, ...others] = emulator.state().comments;
    expect(others).toEqual([]);
    expect(comment!.body).toContain('| add | tags.owner | ml |');
    expect(comment!.issue).toBe(7);
    const run = `https://github.com/${REPOSITORY}/actions/runs/17`;
    expect(comment!.body).toContain(`Planned for commit \`c0ffee1\` in [run 17 (attempt 2)](${run}).`);
    expect(process.exitCode).toBe(0);
  });

  test('is one comment for each folder and each choice of endpoints, however they are written', async () => {
    await onPullRequest();
    await writeFile(join(folder, 'churn.yml'), 'name: churn\n');
    const plan = (endpoint: string, path = folder) =>
      act({ operation: 'plan', 'github-token': 'a-token-of-github', endpoint, 'endpoints-dir': path });
    await plan('*');
    await plan('', `${folder}//./`);
    await plan('iris, churn');
    await plan('CHURN\niris');
    await plan('iris');
    await rm(join(folder, 'churn.yml'));
    const bodies = emulator.state().comments.map(({ body }) => body.split('\n')[1]);
    const title = '### Azure ML online endpoints: plan for ws-emulator';
    expect(bodies).toEqual(
      [` in ${folder}`, `, churn iris in ${folder}`, `, iris in ${folder}`].map((end) => title + end),
    );
  });

  test('of an earlier push does not stay when the next one is faulty', async () => {
    await onPullRequest();
    await act({ operation: 'plan', 'github-token': 'a-token-of-github' });
    await writeFile(join(folder, 'iris.yml'), 'name: iris\nfoo: 1\n');
    await act({ operation: 'plan', 'github-token': 'a-token-of-github' });
    expect(process.exitCode).toBe(2);
    expect(emulator.state().comments).toHaveLength(1);
    expect(emulator.state().comments[0]!.body).toContain('unknown key foo');
  });

  test('says what an answer of Azure means, and what to do', async () => {
    await onPullRequest();
    const body = {
      error: {
        code: 'AuthorizationFailed',
        message:
          "does not have authorization to perform action 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/read' over scope",
      },
    };
    emulator.fault({ match: { path: '/onlineEndpoints' }, times: 'always', then: { status: 403, body } });
    await act({ operation: 'plan', 'github-token': 'a-token-of-github' });
    expect(process.exitCode).toBe(1);
    expect(emulator.state().comments[0]!.body).toContain('- next step: Grant it the role');
  });

  test('is told in full although one endpoint is at fault', async () => {
    await writeFile(join(folder, 'churn.yml'), 'name: churn\ntraffic: {blue: 100}\n');
    await act({ operation: 'plan', endpoint: '*' });
    await rm(join(folder, 'churn.yml'));
    expect(process.exitCode).toBe(2);
    expect(written.stdout).toContain('+ iris: will be created');
    expect(written.stdout).toContain('names deployment blue');
    expect(await fileText('output')).toMatch(/^plan<</m);
  });

  test.each([
    ['auto', 0, '::warning::GitHub rejected the comment'],
    ['true', 1, '::error::GitHub rejected the comment'],
  ])('that a fork may not write: %s ends with %d', async (comment, exitCode, words) => {
    await onPullRequest();
    const message = 'Resource not accessible by integration';
    emulator.fault({ match: { path: '/comments' }, times: 'always', then: { status: 403, body: { message } } });
    await act({ operation: 'plan', 'github-token': 'a-token-of-github', comment });
    expect(process.exitCode).toBe(exitCode);
    expect(written.stdout).toContain(words);
    expect(written.stdout).toContain('pull-requests: write');
  });

  test.each([
    ['false', 0],
    ['auto', 0],
    ['true', 1],
  ])('elsewhere %s ends with %d and writes none', async (comment, exitCode) => {
    await act({ operation: 'plan', 'github-token': 'a-token-of-github', comment });
    expect(process.exitCode).toBe(exitCode);
    expect(emulator.state().comments).toEqual([]);
  });
});

describe('the command line', () => {
  const words = (operation: string): string[] => [operation, 'iris', '--endpoints-dir', folder];

  test('prints the answer alone on standard output', async () => {
    await cli(words('create'));
    written.stdout = '';
    await cli(['url', 'iris']);
    expect(written.stdout).toMatch(/^https:\/\/\S+\/score\n$/);
    expect(process.exitCode).toBe(0);
  });

  test.each([
    ['true', ':\u200b:stop-commands::x\n'],
    ['', '::stop-commands::x\n'],
  ])('GITHUB_ACTIONS=%j: an answer that looks like a command is %j', async (onRunner, expected) => {
    await cli(words('create'));
    process.env['GITHUB_ACTIONS'] = onRunner;
    written.stdout = '';
    emulator.fault({ match: { path: '/score' }, then: { status: 200, body: '::stop-commands::x' } });
    await cli(['invoke', 'iris', '--request-file', join(folder, 'iris.yml')]);
    expect(written.stdout).toBe(expected);
  });

  test('prints no command of the runner that stands in a tag of Azure', async () => {
    await cli([...words('create'), '--set', 'tags.owner=##[add-mask]east']);
    process.env['GITHUB_ACTIONS'] = 'true';
    written.stdout = '';
    await cli([...words('plan'), '--set', 'tags.owner=ml']);
    expect(written.stdout).toContain('"##\u200b[add-mask]east" → ml');
  });

  test('leaves standard output empty when it fails', async () => {
    await cli(['url', 'iris']);
    expect(written.stdout).toBe('');
    expect(written.stderr).toContain('error: endpoint iris is not in workspace');
    expect(process.exitCode).toBe(1);
  });

  test('prints its help on standard output', async () => {
    await cli(['--help']);
    expect(written.stdout).toContain('--endpoints-dir FOLDER');
    expect(written.stderr).toBe('');
  });

  test.each([
    [['updat'], 'unknown operation updat; did you mean update?'],
    [['update', '--endpoins', 'x'], 'unknown flag --endpoins; did you mean --endpoint?'],
    [['update', 'a', 'b'], 'unexpected argument "b"'],
    [['update', 'a', '--endpoint', 'b'], 'given twice'],
    [['update', '--timeout'], '--timeout'],
    [['--endpoint', 'a'], 'input operation is missing'],
  ])('refuses %j', async (faulty, message) => {
    await cli(faulty);
    expect(written.stderr).toContain(message);
    expect(process.exitCode).toBe(2);
  });
});
