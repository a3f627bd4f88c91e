import { expect, test } from '@jest/globals';
import { dispatch } from './events.ts';
import { describeWorkflows } from './stage.ts';

await describeWorkflows('example delete.yml', ({ azure, others, run, endpoint, givenLiveIris }) => {
  const deletions = () =>
    azure()
      .requests()
      .filter(({ method }) => method === 'DELETE');

  test.each([
    ['without confirm', ''],
    ['with the name of another endpoint', 'churn'],
  ])('leaves live traffic alone %s', async (_, confirm) => {
    await givenLiveIris();
    const result = await run('delete.yml', dispatch({ endpoint: 'iris', confirm }));
    expect(result).toMatchObject({ succeeded: false, jobs: { delete: 'failed' } });
    expect(result.log).toContain('Set `confirm` to iris');
    expect(deletions()).toEqual([]);
    expect(endpoint('iris')?.deployments.map(({ name }) => name)).toEqual(['blue', 'green']);
  });

  test('deletes an endpoint with its deployments once its name was confirmed', async () => {
    await givenLiveIris();
    const result = await run('delete.yml', dispatch({ endpoint: 'iris', confirm: 'iris' }));
    expect(result).toMatchObject({ succeeded: true, jobs: { delete: 'succeeded' } });
    expect(result.log).toContain('iris: deleted with blue, green');
    expect(azure().state().endpoints).toEqual([]);
  });

  test('needs no confirmation without traffic, and is content when nothing is there', async () => {
    await others().endpoint('iris');
    const event = dispatch({ endpoint: 'iris' });
    expect(await run('delete.yml', event)).toMatchObject({ succeeded: true, jobs: { delete: 'succeeded' } });
    expect(endpoint('iris')).toBeUndefined();

    const again = await run('delete.yml', event);
    expect(again.succeeded).toBe(true);
    expect(again.log).toContain('there is nothing to delete');
    expect(deletions()).toHaveLength(1);
  });
});
