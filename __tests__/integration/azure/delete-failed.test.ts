import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { otherPipeline } from '../../../emulator/clients/other-pipeline.ts';
import { type Azure, IRIS, startAzure, until, writes } from '../../support/azure.ts';

let azure: Azure;
beforeAll(async () => {
  azure = await startAzure({ seed: { workspaces: [{ name: 'ws-emulator', endpoints: [IRIS] }] } });
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const RED = 'endpoints/iris/deployments/red.yml';
const FILES = {
  'endpoints/iris.yml': 'name: iris\n',
  [RED]: 'name: red\nenvironment: {image: python}\ninstance_type: Standard_DS3_v2\ninstance_count: 1\n',
};
const DEPLOY = { operation: 'deploy', endpoint: 'iris', 'delete-failed': 'true' } as const;
const PUT_RED = { method: 'PUT', path: '/deployments/red' };
const STAYS = {
  level: 'notice',
  at: { file: RED },
  text:
    'deployment red of endpoint iris is not deleted: it was there before this run, and may have worked once. ' +
    'If nobody needs it, delete it with operation `delete` and `deployment` red',
};

const red = () => azure.state().endpoints[0]?.deployments.find(({ name }) => name === 'red');
const asked = (part: string) => () => azure.requests().some(({ path }) => path.includes(part));

describe('with delete-failed', () => {
  test('a deployment that this run made and that failed is deleted, and the log says why', async () => {
    azure.fault({ match: PUT_RED, then: { deployment: 'start-up' } });
    const { deps } = await azure.run(DEPLOY, { files: FILES });
    expect(red()).toBeUndefined();
    expect(deps.report.texts()).toContain('deleted deployment red of endpoint iris because it failed');
  });

  test('one that somebody else made while the assets of this run were refused stays', async () => {
    const refusal = { status: 403, delay: 400, body: { error: { code: 'RequestDisallowedByPolicy', message: 'No.' } } };
    azure.fault({ match: { method: 'PUT', path: '/environments/' }, times: 'always', then: refusal });
    const { result } = azure.start(DEPLOY, { files: FILES });
    await until(asked('/onlineEndpoints/iris/deployments'));
    await otherPipeline(azure).deployment('iris', 'red');
    const { exitCode, requests } = await result;
    expect(exitCode).toBe(1);
    expect(writes(requests).filter((request) => request.startsWith('DELETE'))).toEqual([]);
    expect(red()?.provisioningState).toBe('Succeeded');
  });

  test('one that somebody else mended after it had failed here stays', async () => {
    azure.fault({ match: PUT_RED, then: { deployment: 'start-up' } });
    azure.fault({ match: { path: '/getLogs' }, times: 'always', then: { delay: 300 } });
    const { result } = azure.start(DEPLOY, { files: FILES });
    await until(() => red()?.provisioningState === 'Failed');
    await otherPipeline(azure).deployment('iris', 'red');
    const { exitCode, lines } = await result;
    expect(exitCode).toBe(1);
    expect(red()?.provisioningState).toBe('Succeeded');
    const warning = lines.find(({ level }) => level === 'warning');
    expect(warning).toMatchObject({
      at: { file: RED },
      text: expect.stringMatching(/is not deleted: Azure now shows it as \w+. Somebody else may have mended it; look/),
    });
  });

  test('one that was live until an update of an earlier run failed stays, and the log says what to do', async () => {
    await azure.run({ ...DEPLOY, 'delete-failed': 'false' }, { files: FILES });
    azure.fault({ match: PUT_RED, times: 2, then: { deployment: 'start-up' } });
    const files = { ...FILES, [RED]: `${FILES[RED]}tags: {owner: ml}\n` };
    await azure.run(DEPLOY, { files });
    expect(red()?.provisioningState).toBe('Failed');
    const { exitCode, requests, lines } = await azure.run(DEPLOY, { files });
    expect(exitCode).toBe(1);
    expect(writes(requests).filter((request) => request.startsWith('DELETE'))).toEqual([]);
    expect(red()?.provisioningState).toBe('Failed');
    expect(lines.filter(({ level }) => level === 'notice')).toEqual([STAYS]);
  });

  test('one that failed in an earlier run stays: nobody can tell it from one that worked', async () => {
    azure.fault({ match: PUT_RED, times: 2, then: { deployment: 'start-up' } });
    await azure.run({ ...DEPLOY, 'delete-failed': 'false' }, { files: FILES });
    const { lines } = await azure.run(DEPLOY, { files: FILES });
    expect(red()?.provisioningState).toBe('Failed');
    expect(lines).toContainEqual(STAYS);
    const deletion = { operation: 'delete', endpoint: 'iris', deployment: 'red' } as const;
    expect((await azure.run(deletion)).exitCode).toBe(0);
    expect(red()).toBeUndefined();
  });

  test('one that Azure was at work on when this run came stays', async () => {
    azure.fault({ match: PUT_RED, then: { operation: { status: 'Failed', takes: 300 } } });
    const first = azure.start(DEPLOY, { files: FILES });
    await until(() => red()?.provisioningState === 'Updating');
    first.deps.cancel();
    expect((await first.result).exitCode).toBe(130);
    expect(red()?.provisioningState).toBe('Updating');
    azure.fault({ match: PUT_RED, then: { deployment: 'start-up' } });
    const { exitCode, lines } = await azure.run(DEPLOY, { files: FILES });
    expect(exitCode).toBe(1);
    expect(red()?.provisioningState).toBe('Failed');
    expect(lines).toContainEqual(STAYS);
  });

  test('one that worked before an update of it failed stays', async () => {
    await azure.run(DEPLOY, { files: FILES });
    azure.fault({ match: PUT_RED, then: { deployment: 'start-up' } });
    const files = { ...FILES, [RED]: `${FILES[RED]}tags: {owner: ml}\n` };
    const { exitCode, lines } = await azure.run(DEPLOY, { files });
    expect(exitCode).toBe(1);
    expect(red()?.provisioningState).toBe('Failed');
    expect(lines.filter(({ level }) => level === 'notice')).toEqual([]);
  });
});
