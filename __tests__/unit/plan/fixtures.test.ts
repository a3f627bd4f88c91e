import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { faultLine } from '../../../src/failure.ts';
import { createBody } from '../../../src/plan/desired.ts';
import { readEndpoint } from '../../../src/spec/endpoint.ts';
import { AROUND } from './endpoints.ts';

const folder = new URL('../../fixtures/endpoints/', import.meta.url);
const files = readdirSync(folder);
const endpoints = files.filter((file) => /\.ya?ml$/.test(file));

const env = {
  NAME: 'placeholders',
  OWNER: 'ml',
  COMMIT: '0123abc',
  SHARE: '90',
  OTHER: 'green',
  HOSTILE: 'x: y\ntraffic: {red: 100} # "\'',
};

const stemOf = (file: string): string => file.replace(/\.ya?ml$/, '');
const textOf = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

test('each fixture has a body, and each body a fixture', () => {
  const bodies = files.filter((file) => file.endsWith('.body.json'));
  expect(bodies).toEqual(endpoints.map((file) => `${stemOf(file)}.body.json`).toSorted());
});

test.each(endpoints)('%s is created with its body', (file) => {
  const { spec, faults } = readEndpoint(textOf(file), file, { expectedName: stemOf(file), env });
  expect(faults.map(faultLine)).toEqual([]);
  expect(spec && createBody(spec, AROUND)).toEqual(JSON.parse(textOf(`${stemOf(file)}.body.json`)));
});
