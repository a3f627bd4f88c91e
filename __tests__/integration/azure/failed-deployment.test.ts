import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { DeploymentFault, FailureName } from '../../../emulator/deployment-failures.ts';
import { errorOf, failureNames } from '../../../emulator/deployment-failures.ts';
import { readLog } from '../../../src/azure/failure/container-log.ts';
import { classify } from '../../../src/azure/failure/classify.ts';
import { summaryMarkdown } from '../../../src/report/summary.ts';
import { type Azure, IRIS, leaks, startAzure } from '../../support/azure.ts';

let azure: Azure;
beforeAll(async () => {
  const given = {
    models: [{ name: 'iris-model', version: '3' }],
    environments: [{ name: 'sklearn', version: '7' }],
  };
  azure = await startAzure({ seed: { workspaces: [{ name: 'ws-emulator', ...given, endpoints: [IRIS] }] } });
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const RED = 'endpoints/iris/deployments/red.yml';
const YAML = [
  'name: red',
  'endpoint_name: iris',
  'model: azureml:iris-model:3',
  'environment: azureml:sklearn:7',
  'instance_type: Standard_DS3_v2',
  'instance_count: 1',
  'environment_variables:',
  '  KEY: ${{ env.KEY }}',
].join('\n');

async function deploy(fault: DeploymentFault, more: Parameters<Azure['run']>[0] = {}) {
  azure.fault({ match: { method: 'PUT', path: '/deployments/red' }, then: { deployment: fault } });
  const files = { [RED]: `${YAML}\n`, 'endpoints/iris.yml': 'name: iris\n' };
  const inputs = { operation: 'deploy', endpoint: 'iris', ...more };
  return azure.run(inputs, { files, env: { KEY: 'value-of-a-secret' } });
}

const iris = () => azure.state().endpoints.find(({ name }) => name === 'iris');

/** What each of the emulator's failures of managed endpoints is, by our word. */
const KINDS: Partial<Record<FailureName, string>> = {
  quota: 'quota',
  memory: 'memory',
  'image-build': 'image build',
  'bad-argument': 'bad argument',
  'start-up': 'start-up',
  probe: 'probe',
  'registry-pull': 'registry pull',
  'image-not-found': 'registry pull',
  identity: 'identity',
  'secret-injection': 'secret injection',
  'region-capacity': 'region capacity',
  'model-download': 'model download',
  'managed-network': 'network',
};

describe('a deployment that fails', () => {
  test.each(Object.entries(KINDS) as [FailureName, string][])('for %s is of class %s', async (failure, kind) => {
    const before = iris()?.properties;
    const result = await deploy(failure);
    expect(result.exitCode).toBe(1);
    const errors = result.lines.filter(({ level }) => level === 'error');
    expect(errors[0]?.text).toMatch(
      new RegExp(`\n  code: \\w+\n  class: ${kind}\n[^]*request id: [^]*\n  next step: `),
    );
    expect(errors[0]?.at?.file).toBe(RED);
    expect(iris()?.properties).toEqual(before);
    expect(leaks(azure, result)).toEqual([]);
  });

  test('shows both logs folded, with the cause and what it was before in Azure', async () => {
    const result = await deploy({ failure: 'start-up', log: ['::error::not mine', 'KEY=value-of-a-secret'] });
    const foreign = result.lines.filter(({ level }) => level === 'foreign').map(({ text }) => text);
    expect(foreign.map((text) => text.split('\n')[0])).toEqual([
      'log of inference-server, deployment red of endpoint iris',
      'log of storage-initializer, deployment red of endpoint iris',
    ]);
    expect(foreign[0]).toContain('KEY=${{ env.KEY }}');
    expect(JSON.stringify(result.lines)).not.toContain('value-of-a-secret');
    const [error] = result.lines.filter(({ level }) => level === 'error');
    expect(error?.text).toContain("cause: ModuleNotFoundError: No module named 'sklearn'");
    expect(error?.text).toContain('Add the package of `sklearn`');
    const summary = summaryMarkdown('deploy', result.outcome());
    expect(summary).toContain('- class: start-up');
    expect(summary).toContain('<details><summary>log of inference-server, deployment red of endpoint iris</summary>');
    expect(summary).not.toContain('value-of-a-secret');
  });

  test.each<[string, DeploymentFault | undefined]>([
    ['after an update', undefined],
    ['after a first write that failed too', 'image-build'],
  ])('has in the summary what Azure shows of it, %s', async (_, first) => {
    const files = { [RED]: `${YAML}\n`, 'endpoints/iris.yml': 'name: iris\n' };
    if (first) await deploy(first);
    else await azure.run({ operation: 'deploy', endpoint: 'iris' }, { files, env: { KEY: 'x' } });
    const failed = (await deploy('start-up')).outcome();
    const row = /^\| red \|.*$/m;
    const [mine = ''] = row.exec(summaryMarkdown('deploy', failed)) ?? [];
    expect(mine).toMatch(/iris-model:3 \| sklearn:7 \| \S+ × 1 \| 0 % \| 0 % \| \d+ min \|$/);
    const shown = await azure.run({ operation: 'show', endpoint: 'iris' });
    const [theirs = ''] = row.exec(summaryMarkdown('show', shown.outcome())) ?? [];
    // The clock of a run jumps.
    const ageless = (text: string): string => text.replace(/\d+ min/, '');
    expect(ageless(mine.replace('failed &#40;start-up&#41;', 'Failed'))).toBe(ageless(theirs));
  });

  test('and is deleted then, or was never taken, has nothing in the summary', async () => {
    const gone = await deploy('start-up', { 'delete-failed': 'true' });
    azure.fault({ match: { method: 'PUT', path: '/deployments/red' }, then: { status: 400 } });
    const files = { [RED]: `${YAML}\n`, 'endpoints/iris.yml': 'name: iris\n' };
    const refused = await azure.run({ operation: 'deploy', endpoint: 'iris' }, { files, env: { KEY: 'x' } });
    for (const each of [gone, refused]) {
      expect(summaryMarkdown('deploy', each.outcome())).toMatch(
        /^\| red \| failed[^|]* \| +\| +\| +\| 0 % \| 0 % \| +\|$/m,
      );
    }
  });

  test('repeated probes are counted, not shown', async () => {
    const result = await deploy('probe');
    const log = result.lines.find(({ level }) => level === 'foreign')?.text ?? '';
    expect(log.match(/LivenessProbeFailed/g)).toHaveLength(1);
    expect(log).toContain('… 3 lines like this');
  });

  test('is told all the same when its logs cannot be read', async () => {
    azure.fault({ match: { path: '/getLogs' }, times: 'always', then: { status: 403 } });
    const result = await deploy('start-up');
    expect(result.exitCode).toBe(1);
    const texts = result.deps.report.texts();
    expect(texts.filter((text) => text.includes('cannot be read'))).toHaveLength(2);
    expect(texts.filter((text) => text.includes('User container has crashed'))).toHaveLength(1);
  });

  test('can be tried again, and serves then', async () => {
    await deploy('start-up');
    const again = await azure.run(
      { operation: 'deploy', endpoint: 'iris' },
      { files: { [RED]: `${YAML}\n`, 'endpoints/iris.yml': 'name: iris\n' }, env: { KEY: 'value-of-a-secret' } },
    );
    expect(again.exitCode).toBe(0);
    expect(iris()?.deployments.find(({ name }) => name === 'red')?.provisioningState).toBe('Succeeded');
  });

  test.each([
    ['true', false],
    ['false', true],
  ])('with delete-failed %s', async (word, stays) => {
    await deploy('start-up', { 'delete-failed': word });
    expect(iris()?.deployments.some(({ name }) => name === 'red')).toBe(stays);
  });
});

/** What Azure's words alone tell, without any log. */
const BY_WORDS: Readonly<Record<FailureName, string>> = {
  quota: 'quota',
  'region-capacity': 'region capacity',
  memory: 'memory',
  'image-build': 'image build',
  'bad-argument': 'bad argument',
  'start-up': 'start-up',
  // Only the log tells a probe.
  probe: 'start-up',
  'registry-pull': 'registry pull',
  'image-not-found': 'registry pull',
  identity: 'identity',
  'secret-injection': 'secret injection',
  'model-download': 'model download',
  'managed-network': 'network',
  'kubernetes-quota': 'cluster capacity',
  'image-pull-loop': 'registry pull',
  'crash-loop': 'start-up',
  'script-init': 'start-up',
  'script-import': 'start-up',
  'script-function': 'start-up',
  'acr-secret': 'identity',
  unschedulable: 'cluster capacity',
  'pod-memory': 'memory',
};

test.each(failureNames)('%s has its class by the words of Azure alone', (name) => {
  const { code, message } = errorOf(name) as { code: string; message: string };
  const nothing = readLog('');
  expect(classify({ codes: [code], message, server: nothing, storage: nothing }).kind).toBe(BY_WORDS[name]);
});
