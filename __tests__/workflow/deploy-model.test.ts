import { expect, test } from '@jest/globals';
import { dispatch, PUSH_TO_MAIN } from './events.ts';
import { EXPERIMENT } from './iris.ts';
import { describeWorkflows } from './stage.ts';

const FILES = { files: EXPERIMENT };

await describeWorkflows('examples deploy-model.yml and read-log.yml', ({ azure, others, run, endpoint, writes }) => {
  const deployments = () => endpoint('iris')?.deployments.map(({ name }) => name);

  test('a model comes from its folder to an endpoint that is kept elsewhere, is asked by name, and shows its log', async () => {
    await others().endpoint('iris');
    const first = await run('deploy-model.yml', PUSH_TO_MAIN, FILES);
    expect(first).toMatchObject({ succeeded: true, jobs: { deploy: 'succeeded' } });
    expect(first.log).toContain('uploaded experiments/petals/petals.json');
    expect(first.log).toContain('"deployment":"petals"');
    expect(deployments()).toEqual(['petals']);
    expect(endpoint('iris')?.properties['traffic']).toEqual({});

    const before = writes();
    const second = await run('deploy-model.yml', PUSH_TO_MAIN, FILES);
    expect(second.succeeded).toBe(true);
    expect(second.log).not.toContain('uploaded');
    expect(writes()).toBe(before);

    const asked = dispatch({ endpoint: 'iris', deployment: '', container: 'inference-server' });
    const log = await run('read-log.yml', asked);
    expect(log).toMatchObject({ succeeded: true, jobs: { log: 'succeeded' } });
    expect(log.log).toContain("Users's init has completed successfully");
  });

  test('a model that does not start says why and is gone again', async () => {
    await others().endpoint('iris');
    azure().fault({ match: { method: 'PUT', path: '/deployments/petals' }, then: { deployment: 'start-up' } });
    const failed = await run('deploy-model.yml', PUSH_TO_MAIN, FILES);
    expect(failed).toMatchObject({ succeeded: false, jobs: { deploy: 'failed' } });
    expect(failed.log).toMatch(/::error file=experiments\/petals\/deployment\.yml,[^]*class: start-up/);
    expect(deployments()).toEqual([]);
  });

  test('an endpoint that is not there gets nothing uploaded', async () => {
    const failed = await run('deploy-model.yml', PUSH_TO_MAIN, FILES);
    expect(failed.succeeded).toBe(false);
    expect(failed.log).toContain('endpoint iris');
    expect(writes()).toBe(0);
  });
});
