import { describe, expect, test } from '@jest/globals';
import { type InputName, INPUTS, isInputName } from '../../src/config/inputs.ts';
import { isOperation, type Operation } from '../../src/config/operations.ts';
import { OUTPUTS } from '../../src/config/outputs.ts';
import { examples, isWorkflow, type Job, stepsOfAction } from '../support/workflows.ts';

const all = examples();
const WRITING: readonly Operation[] = [
  'create',
  'update',
  'apply',
  'deploy',
  'rollout',
  'promote',
  'rollback',
  'regenerate-keys',
  'delete',
];

test('there are examples for apply, traffic, rollouts and delete', () => {
  const names = all.map(({ name }) => name);
  const needed = ['apply-on-push', 'traffic-on-merge', 'rollout-with-gate', 'rollback', 'watchdog', 'delete'];
  expect(names).toEqual(expect.arrayContaining(needed.map((name) => `examples/${name}.yml`)));
  expect(names.some((name) => name.startsWith('README.md'))).toBe(true);
});

describe.each(all)('$name', ({ text, content }) => {
  test('names an operation, and only inputs that it reads', () => {
    for (const step of stepsOfAction(content)) {
      const operation = String(step.with?.['operation']);
      if (!operation.includes('${{'))
        expect({ operation, exists: isOperation(operation) }).toEqual({ operation, exists: true });
      const unread = Object.keys(step.with ?? {}).filter((name) => !isRead(name, operation));
      expect(unread).toEqual([]);
    }
  });

  test('reads only outputs that there are', () => {
    const ids = stepsOfAction(content).flatMap(({ id }) => (id === undefined ? [] : [id]));
    const read = [...text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)].filter(([, id]) => ids.includes(id!));
    expect(read.map(([, , name]) => name!).filter((name) => !(name in OUTPUTS))).toEqual([]);
  });

  test('lets one job write at a time, and never cancels one', () => {
    if (!isWorkflow(content)) return;
    for (const [name, job] of Object.entries(content.jobs)) {
      if (!writes(job)) continue;
      const concurrency = job.concurrency ?? content.concurrency;
      expect({ name, concurrency }).toMatchObject({ name, concurrency: { 'cancel-in-progress': false } });
    }
  });

  test('runs nothing that comes from outside', () => {
    const scripts = isWorkflow(content) ? Object.values(content.jobs).flatMap(scriptsOf) : [];
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
  });
});

/** Where the operation is chosen at run time, any input that exists will do. */
function isRead(name: string, operation: string): boolean {
  if (!isInputName(name)) return false;
  const { operations } = INPUTS[name satisfies InputName];
  return !isOperation(operation) || (operations as readonly Operation[]).includes(operation);
}

function writes(job: Job): boolean {
  return stepsOfAction(job).some(({ with: inputs }) => {
    const operation = String(inputs?.['operation']);
    const repairs = operation === 'show' && inputs?.['repair'] !== undefined;
    return !isOperation(operation) || WRITING.includes(operation) || repairs;
  });
}

function scriptsOf({ steps = [] }: Job): string[] {
  return steps.flatMap((step) => ('run' in step ? [String(step.run)] : []));
}
