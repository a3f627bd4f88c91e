import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Azure, IRIS, startAzure } from '../../support/azure.ts';

let azure: Azure;
beforeAll(async () => {
  azure = await startAzure({ seed: { workspaces: [{ name: 'ws-emulator', endpoints: [IRIS] }] } });
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const BODY = { error: { code: 'RequestDisallowedByPolicy', message: 'Not here.' } };

function deploy(images: Readonly<Record<string, string>>) {
  const files = Object.entries(images).map(([name, image]) => [
    `endpoints/iris/deployments/${name}.yml`,
    `name: ${name}\ninstance_type: Standard_DS3_v2\ninstance_count: 1\nenvironment: {image: ${image}}\n`,
  ]);
  return azure.run(
    { operation: 'deploy', endpoint: 'iris' },
    { files: { 'endpoints/iris.yml': 'name: iris\n', ...Object.fromEntries(files) } },
  );
}

describe('an asset that cannot be registered', () => {
  test('is told with its deployment and its place', async () => {
    azure.fault({ match: { method: 'PUT', path: '/environments/' }, then: { status: 403, body: BODY } });
    const result = await deploy({ red: 'python' });
    expect(result.exitCode).toBe(1);
    const [error, ...others] = result.lines.filter(({ level }) => level === 'error');
    expect(others).toEqual([]);
    expect(error).toMatchObject({
      at: { file: 'endpoints/iris/deployments/red.yml', line: 4, column: 1 },
      text: expect.stringMatching(
        /^deployment red of endpoint iris: Not here\.\n {2}code: RequestDisallowedByPolicy\n {2}request: PUT environments[^]*request id: [^]*next step: /,
      ),
    });
    expect(result.outcome().answer).toBe('iris: no change\niris/red: failed');
  });

  test('is told once for all that lack it', async () => {
    azure.fault({
      match: { method: 'PUT', path: '/environments/' },
      times: 'always',
      then: { status: 403, body: BODY },
    });
    const result = await deploy({ red: 'python', rose: 'python' });
    const errors = result.lines.filter(({ level }) => level === 'error').map(({ text }) => text.split('\n')[0]);
    expect(errors).toEqual(['deployments red, rose of endpoint iris: Not here.']);
    expect(result.outcome().answer).toBe('iris: no change\niris/red: failed\niris/rose: failed');
  });
});
