import { describe, expect, test } from '@jest/globals';
import { Failure, InputFaults } from '../../../src/failure.ts';
import type { EndpointPlan } from '../../../src/plan/changes.ts';
import { failureMarkdown, summaryMarkdown } from '../../../src/report/summary.ts';

const plan: EndpointPlan = {
  name: 'iris',
  action: 'update',
  body: {},
  changes: [
    { path: 'traffic.blue', from: 100, to: 90 },
    { path: 'traffic.green', to: 10 },
    { path: 'tags.old', from: 'x' },
    { path: 'tags.owner', from: 'a-secret', to: 'another-secret', placeholder: '${{ env.OWNER }}' },
  ],
};

describe('summaryMarkdown', () => {
  test('has a row for each endpoint and each change', () => {
    const endpoints = [
      {
        name: 'iris',
        status: 'succeeded',
        changed: true,
        provisioningState: 'Succeeded',
        traffic: { blue: 90, green: 10 },
      },
    ] as const;
    const markdown = summaryMarkdown('update', { endpoints, plans: [plan] });
    expect(markdown).toContain('| iris | succeeded | Succeeded | blue=90 green=10 |');
    expect(markdown).toContain('**iris** (updated)');
    expect(markdown).toContain('| change | traffic.blue | 100 → 90 |');
    expect(markdown).toContain('| add | traffic.green | 10 |');
    expect(markdown).toContain('| remove | tags.old | x |');
  });

  test('shows in a key what cannot be seen', () => {
    const changes = [{ path: 'tags.a\n\x1b[1m\u202eb', to: 'x' }];
    const markdown = summaryMarkdown('plan', { endpoints: [], plans: [{ ...plan, changes }] });
    const [row = ''] = markdown.split('\n').filter((line) => line.startsWith('| add |'));
    expect(row).toMatch(/^[\x20-\x7e]+ x \|$/);
    expect(row).toContain('u202eb');
  });

  test('shows the placeholder and neither value', () => {
    const markdown = summaryMarkdown('plan', { endpoints: [], plans: [plan] });
    expect(markdown).toContain('env.OWNER');
    expect(markdown).not.toContain('secret');
  });

  test('says nothing of endpoints that stay as they are', () => {
    const markdown = summaryMarkdown('plan', { endpoints: [], plans: [{ ...plan, action: 'none', changes: [] }] });
    expect(markdown).not.toContain('iris');
  });

  test('stays below the size at which GitHub drops it, and ends on a whole line', () => {
    const plans = Array.from({ length: 40_000 }, () => plan);
    const markdown = summaryMarkdown('plan', { endpoints: [], plans });
    expect(Buffer.byteLength(markdown)).toBeLessThan(1024 * 1024);
    expect(markdown.trimEnd().split('\n').at(-3)).toMatch(/^(\||\*\*|$)/);
    expect(markdown).toContain('The rest is in the log.');
  });

  test('says why an operation failed, harmlessly', () => {
    const markdown = failureMarkdown('create', new Failure('<script>refused</script>', { code: 'Conflict' }));
    expect(markdown).toContain('❌');
    expect(markdown).toContain('Conflict');
    expect(markdown).not.toContain('<script>');
  });

  test('lists every fault of the input at its place, harmlessly', () => {
    const at = { file: 'endpoints/iris.yml', column: 1 };
    const faults = [3, 4, 5].map((line) => ({ ...at, line, message: `unknown key <k${line}>` }));
    const markdown = failureMarkdown('plan', new InputFaults(faults));
    expect(markdown).toContain('❌ 3 faults\n\n- endpoints/iris.yml:3:1: unknown key &#60;k3&#62;\n- ');
    for (const line of [4, 5]) expect(markdown).toContain(`- endpoints/iris.yml:${line}:1: unknown key`);
    expect(failureMarkdown('plan', new InputFaults(faults.slice(0, 1)))).toContain('❌ endpoints/iris.yml:3:1: ');
  });

  test('says of a deployment what was found out, down to the end of its log', () => {
    const failure = new Failure('create of deployment blue failed', {
      code: 'ResourceNotReady',
      requestId: 'id-7',
      nextStep: 'Mend it.',
      diagnosis: {
        kind: 'start-up',
        culprit: "KeyError: 'model'",
        culpritAt: { file: 'src/score.py', line: 12 },
        logs: [
          { title: 'log of inference-server', lines: ['</pre></details><img src=x>', '', '  ::error::no', '@all'] },
        ],
      },
    });
    const markdown = failureMarkdown('apply', failure);
    expect(markdown).toContain('- class: start-up');
    expect(markdown).toContain('- cause: src/score.py:12: KeyError: &#39;model&#39;');
    expect(markdown).toContain('- request id: id-7');
    expect(markdown).toContain('- next step: Mend it.');
    expect(markdown).toContain(
      '<details><summary>log of inference-server</summary>\n\n<pre>\n&#60;/pre&#62;&#60;/details&#62;',
    );
    expect(markdown.match(/<\/pre>/g)).toHaveLength(1);
    expect(markdown).not.toMatch(/<img|@all/);
  });

  test('folds the end of a long log, not its beginning', () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => `${index} ${'x'.repeat(5_000)}`);
    const failure = new Failure('failed', { diagnosis: { kind: 'unknown', logs: [{ title: 'log', lines }] } });
    const markdown = failureMarkdown('apply', failure);
    expect(markdown).toContain('\n4999 xx');
    expect(markdown).not.toContain('\n4000 xx');
    expect(markdown.length).toBeLessThan(60_000);
  });
});
