import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { REPOSITORY } from './repository.ts';

/** YAML that the documentation shows to be copied: a workflow, or a part of one. */
export interface Example {
  /** Where it stands, for the name of a test. */
  readonly name: string;
  readonly text: string;
  readonly content: unknown;
}

export interface ActionStep {
  readonly id?: string;
  readonly uses: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly concurrency?: unknown;
  readonly steps?: readonly Partial<ActionStep>[];
}

export interface Workflow {
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Every workflow in `examples/`, and every YAML block of README and docs that uses this action. */
export function examples(): Example[] {
  const workflows = filesIn('examples', '.yml').map((file) => example(file, read(file)));
  const pages = ['README.md', ...filesIn('docs', '.md')];
  return [...workflows, ...pages.flatMap(blocks)].filter(({ content }) => stepsOfAction(content).length > 0);
}

/** All steps that use this action, wherever they stand. */
export function stepsOfAction(content: unknown): ActionStep[] {
  if (Array.isArray(content)) return content.flatMap(stepsOfAction);
  if (typeof content !== 'object' || content === null) return [];
  if ('uses' in content && typeof content.uses === 'string') {
    return /^\.\/$|\/azureml-online-endpoint-action@/.test(content.uses) ? [content as ActionStep] : [];
  }
  return Object.values(content).flatMap(stepsOfAction);
}

export function isWorkflow(content: unknown): content is Workflow {
  return typeof content === 'object' && content !== null && 'jobs' in content;
}

function blocks(file: string): Example[] {
  const found = [...read(file).matchAll(/^( *)```ya?ml\n([\s\S]*?)^ *```/gm)];
  return found.map(([, indent = '', text = ''], index) => {
    const plain = text.split('\n').map((line) => line.slice(line.startsWith(indent) ? indent.length : 0));
    return example(`${file}, block ${index + 1}`, plain.join('\n'));
  });
}

function example(name: string, text: string): Example {
  return { name, text, content: parse(text) };
}

function filesIn(folder: string, ending: string): string[] {
  const names = readdirSync(join(REPOSITORY, folder)).filter((name) => name.endsWith(ending));
  return names.map((name) => `${folder}/${name}`);
}

function read(file: string): string {
  return readFileSync(join(REPOSITORY, file), 'utf8');
}
