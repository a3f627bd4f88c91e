import { expect, test } from '@jest/globals';
import { dispatch } from './events.ts';
import { describeWorkflows } from './stage.ts';

await describeWorkflows(
  'examples call-endpoint.yml and rotate-keys.yml',
  ({ azure, run, runUnmasked, givenLiveIris }) => {
    const posts = (part: string) =>
      azure()
        .requests()
        .filter(({ method, path }) => method === 'POST' && path.includes(part));

    test('a script calls the endpoint with the URL of one job and the token of its own', async () => {
      await givenLiveIris();
      const result = await run('call-endpoint.yml', dispatch());
      expect(result).toMatchObject({ succeeded: true, jobs: { find: 'succeeded', call: 'succeeded' } });
      expect(result.log).toContain('"deployment":"blue","request":{"data":[[5.1,3.5,1.4,0.2]]}');
      expect(result.log).toMatch(/::set-output:: token=\*\*\*$/m);
      expect(posts('/score').map(({ status }) => status)).toEqual([200]);
    });

    test('it is the masks that keep the token out of the log', async () => {
      await givenLiveIris();
      const { log } = await runUnmasked('call-endpoint.yml', dispatch());
      const shown = azure()
        .state()
        .secrets.filter((secret) => log.includes(secret));
      expect(shown).toHaveLength(1);
    });

    test('both keys are replaced, the one that nobody uses first, and each is tried', async () => {
      await givenLiveIris();
      const result = await run('rotate-keys.yml', { name: 'schedule' });
      expect(result).toMatchObject({ succeeded: true, jobs: { secondary: 'succeeded', primary: 'succeeded' } });
      expect(posts('/regenerateKeys').map(({ body }) => body)).toEqual([
        { keyType: 'Secondary' },
        { keyType: 'Primary' },
      ]);
      expect(posts('/score').map(({ status }) => status)).toEqual([200, 200]);
    });
  },
);
