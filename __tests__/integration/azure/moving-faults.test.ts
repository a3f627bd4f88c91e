import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Azure, type Inputs, startAzure, writes } from '../../support/azure.ts';

const SEED = {
  workspaces: [
    {
      name: 'ws-emulator',
      endpoints: [
        {
          name: 'iris',
          properties: { traffic: { blue: 90, green: 10 } },
          deployments: [{ name: 'blue' }, { name: 'green' }],
        },
      ],
    },
  ],
};
const BLUE = `name: blue
instance_type: Standard_DS3_v2
instance_count: 2
model: azureml:iris:1
environment: {image: busybox}
`;

let azure: Azure;
beforeEach(async () => {
  const [workspace] = SEED.workspaces;
  azure = await startAzure({ seed: { workspaces: [{ ...workspace!, models: [{ name: 'iris', version: '1' }] }] } });
});
afterEach(() => azure.close());

const yaml = (traffic: string) => ({
  'endpoints/iris.yml': `name: iris\ndescription: new words\ntraffic: ${traffic}\n`,
});

async function refused(
  operation: string,
  files: Record<string, string>,
  more: Inputs = {},
  env: Record<string, string> = {},
): Promise<string> {
  const result = await azure.run({ operation, endpoint: 'iris', ...more }, { files, env });
  expect(result.exitCode).toBe(2);
  expect(writes(result.requests)).toEqual([]);
  return result.deps.report.texts().join('\n');
}

describe('a pause that is asked for', () => {
  const words =
    /endpoint iris has no rollout policy, so that its traffic would move at once and not pause as `until` says/;

  test.each(['plan', 'apply'])('is refused by %s where no policy would keep it', async (operation) => {
    expect(await refused(operation, yaml('{green: 100}'), { until: '10' })).toMatch(words);
    const whole = { ...yaml('{green: 100}'), 'endpoints/iris/deployments/blue.yml': BLUE };
    expect(await refused(operation, whole, { until: '10', policy: 'none' })).toMatch(words);
  });

  test('is no matter where traffic stays as it is', async () => {
    const inputs = { operation: 'apply', endpoint: 'iris', until: '10' };
    const result = await azure.run(inputs, { files: yaml('{blue: 90, green: 10}') });
    expect(result.exitCode).toBe(0);
  });
});

describe('what keeps a policy from being followed', () => {
  const policy = 'mirror: {percent: 10}\n';
  const words = /mirror: green has live traffic already \(blue=90 green=10\)/;

  test.each(['plan', 'apply'])('is told by %s before anything is sent', async (operation) => {
    const endpoint = { ...yaml('{blue: 50, green: 50}'), 'endpoints/iris/rollout.yml': policy };
    expect(await refused(operation, endpoint)).toMatch(words);
    expect(await refused(operation, { ...endpoint, 'endpoints/iris/deployments/blue.yml': BLUE })).toMatch(words);
  });

  test.each(['plan', 'apply', 'rollout'])(
    'shows placeholders in %s, not the weights behind them',
    async (operation) => {
      const hidden = yaml('{blue: ${{ env.REST }}, green: ${{ env.SHARE }}}');
      const files = { ...hidden, 'endpoints/iris/rollout.yml': policy };
      const told = await refused(operation, files, {}, { REST: '51', SHARE: '49' });
      expect(told).toContain('(blue=${{ env.REST }} green=${{ env.SHARE }})');
      expect(told).not.toContain('blue=90');
    },
  );
});
