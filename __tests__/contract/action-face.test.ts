import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { OPERATIONS } from '../../src/config/operations.ts';
import { REPOSITORY } from '../support/repository.ts';

interface Face {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly required: boolean }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly main: string; readonly post: string };
  readonly branding: object;
}

const face = parse(readFileSync(join(REPOSITORY, 'action.yml'), 'utf8')) as Face;

/** The source, without the tables that the face is made of. */
const source = globSync('src/**/*.ts', { cwd: REPOSITORY })
  .filter((file) => !['inputs.ts', 'outputs.ts'].some((table) => file.endsWith(`config/${table}`)))
  .map((file) => readFileSync(join(REPOSITORY, file), 'utf8'))
  .join('\n');

test('main and post run on Node.js 24 and are there', () => {
  expect(face.runs.using).toBe('node24');
  for (const file of [face.runs.main, face.runs.post]) expect(existsSync(join(REPOSITORY, file))).toBe(true);
  expect(face.branding).toMatchObject({ icon: expect.any(String), color: expect.any(String) });
});

test('every input and output has a description that is a sentence', () => {
  for (const [name, { description }] of Object.entries({ ...face.inputs, ...face.outputs })) {
    expect({ name, description }).toEqual({ name, description: expect.stringMatching(/^[A-Z`].*\.$/) });
  }
  const required = Object.entries(face.inputs).filter(([, input]) => input.required);
  expect(required.map(([name]) => name)).toEqual(['operation']);
});

test('the source reads every input that is declared, and no other', () => {
  const read = new Set([...source.matchAll(/(?:inputs\.\w+|getInput)\(\s*'([a-z-]+)'/g)].map(([, name]) => name!));
  expect([...read].filter((name) => !(name in face.inputs))).toEqual([]);
  const unread = Object.keys(face.inputs).filter((name) => !new RegExp(`['.]${name}'?`).test(source));
  expect(unread).toEqual([]);
});

test('the source sets every output that is declared', () => {
  const unset = Object.keys(face.outputs).filter((name) => !new RegExp(`'${name}'|\\b${name}:`).test(source));
  expect(unset).toEqual([]);
});

test('the input `operation` lists the operations of the source, in their order', () => {
  const listed = [...(face.inputs['operation']?.description ?? '').matchAll(/`([a-z-]+)`/g)].map(([, word]) => word);
  expect(listed).toEqual(Object.keys(OPERATIONS));
});
