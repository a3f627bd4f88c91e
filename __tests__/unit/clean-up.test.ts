import { expect, test } from '@jest/globals';
import { cleanUp } from '../../src/clean-up.ts';
import { fakeDeps } from '../support/fake-deps.ts';

test('a job summary that cannot be written ends nothing that the post step does', async () => {
  const deps = fakeDeps();
  const draft = async (): Promise<void> => {
    throw new Error('ENOSPC: no space left on device');
  };
  const open = ['iris', 'churn'].map((endpoint) => ({
    what: `rollout of ${endpoint}`,
    endpoint,
    onCancel: 'hold' as const,
  }));
  const code = await cleanUp(open, { input: () => '', deps: { ...deps, report: { ...deps.report, draft } } });
  expect(code).toBe(0);
  const warnings = deps.report.lines.filter(({ level }) => level === 'warning').map(({ text }) => text);
  expect(warnings).toEqual(Array(2).fill('the job summary cannot be written: ENOSPC: no space left on device'));
});
