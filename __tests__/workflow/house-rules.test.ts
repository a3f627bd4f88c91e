import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { PLACEHOLDER } from './user-repository.ts';

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
}

interface Job {
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const PROJECT = resolve(import.meta.dirname, '../..');
const WRITING = ['create', 'update', 'apply', 'deploy', 'rollout', 'promote', 'rollback', 'regenerate-keys', 'delete'];

/** Minutes: `max-duration` unless told, and what GitHub gives a job on its own machines. */
const MAX_DURATION = 330;
const LONGEST_JOB = 360;

const action = parse(await readFile(join(PROJECT, 'action.yml'), 'utf8')) as Record<'inputs' | 'outputs', object>;
const files = (await readdir(join(PROJECT, 'examples'))).filter((name) => name.endsWith('.yml'));

describe.each(files)('example %s', (file) => {
  const read = async (): Promise<{ text: string; workflow: Workflow; jobs: Job[]; steps: Step[] }> => {
    const text = await readFile(join(PROJECT, 'examples', file), 'utf8');
    const workflow = parse(text) as Workflow;
    const jobs = Object.values(workflow.jobs);
    return { text, workflow, jobs, steps: jobs.flatMap((job) => job.steps) };
  };

  test('names only inputs and outputs that the action has', async () => {
    const { text, steps } = await read();
    const ours = steps.filter(({ uses }) => uses === PLACEHOLDER);
    expect(ours).not.toEqual([]);
    const inputs = ours.flatMap((step) => Object.keys(step.with ?? {}));
    expect(inputs.filter((name) => !Object.hasOwn(action.inputs, name))).toEqual([]);
    const outputs = [...text.matchAll(/steps\.\w+\.outputs\.([\w-]+)/g)].map(([, name]) => name ?? '');
    expect(outputs.filter((name) => !Object.hasOwn(action.outputs, name))).toEqual([]);
  });

  test('gives each job the least it needs, and an end', async () => {
    const { workflow, jobs } = await read();
    expect(workflow.permissions).toEqual({});
    for (const job of jobs) {
      expect(job['timeout-minutes']).toBeGreaterThan(0);
      const checksOut = job.steps.some(({ uses }) => uses?.startsWith('actions/checkout@'));
      expect('contents' in (job.permissions ?? {})).toBe(checksOut);
    }
  });

  test('lets a job that writes wait for its turn, and never cancels one', async () => {
    const { jobs } = await read();
    for (const job of jobs.filter(({ steps }) => steps.some(writes))) {
      expect(job.concurrency).toEqual({ group: expect.stringMatching(/^azureml-/), 'cancel-in-progress': false });
    }
  });

  test('gives a job that may roll out more time than the action takes', async () => {
    const { jobs } = await read();
    for (const job of jobs.filter(({ steps }) => steps.some(rollsOut))) {
      expect(job['timeout-minutes']).toBeGreaterThan(MAX_DURATION);
      expect(job['timeout-minutes']).toBeLessThan(LONGEST_JOB);
    }
  });

  test('puts no expression into a script, and keeps no credentials', async () => {
    const { steps } = await read();
    for (const { run = '', uses = '', with: inputs = {} } of steps) {
      expect(run).not.toContain('${{');
      if (!uses.startsWith('actions/checkout@')) continue;
      expect(uses).toMatch(/@[0-9a-f]{40}$/);
      expect(inputs).toEqual({ 'persist-credentials': false });
    }
  });
});

function writes({ with: inputs = {} }: Step): boolean {
  const { operation, repair } = inputs;
  return WRITING.includes(String(operation)) || (operation === 'show' && repair !== undefined);
}

function rollsOut({ with: inputs = {} }: Step): boolean {
  return ['apply', 'rollout'].includes(String(inputs['operation']));
}
