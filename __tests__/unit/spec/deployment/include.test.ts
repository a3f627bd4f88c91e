import { describe, expect, test } from '@jest/globals';
import { readDeployment } from '../../../../src/spec/deployment/read.ts';
import { fakeDeps } from '../../../support/fake-deps.ts';
import { managedFaults, managedSpec, path, read } from './reading.ts';

const at = 'd/blue.yml:3:';

describe('environment: file:', () => {
  const files = {
    'envs/env.yml': 'name: shared\nimage: "{{IMAGE}}"\nconda_file: ./conda.yml\n',
    'envs/conda.yml': 'dependencies:\n  - python=3.12\n',
    'envs/built.yml': 'build: {path: context}\n',
    'envs/context/Dockerfile': 'FROM scratch',
  };

  test('is the map of that file, whose paths start from its own folder', async () => {
    const spec = await managedSpec('environment: file:../envs/env.yml', { files, env: { IMAGE: 'x:1' } });
    expect(spec.environment).toEqual({
      how: 'inline',
      source: { name: 'shared', image: 'x:1', shownImage: '{{IMAGE}}', conda: { dependencies: ['python=3.12'] } },
    });
    expect(spec.positions.get('environment')).toEqual({ file: path, line: 3, column: 1 });
    expect(spec.positions.get('environment.image')).toEqual({ file: 'envs/env.yml', line: 2, column: 1 });
    expect(spec.placeholders).toEqual(new Map([['environment.image', '{{IMAGE}}']]));
    const built = await managedSpec('environment: "file: ../envs/built.yml"', { files });
    expect(built.environment).toEqual({
      how: 'inline',
      source: { build: { content: { local: 'envs/context' } } },
    });
    const hidden = await managedSpec('environment: file:../{{DIR}}/built.yml', { files, env: { DIR: 'envs' } });
    expect(hidden.environment).toEqual({
      how: 'inline',
      source: { build: { content: { local: 'envs/context', shown: 'context' } } },
    });
  });

  test.each([
    ['imag: x\n', 'd/env.yml:1:1: unknown key environment.imag; did you mean image?'],
    [
      'name: e\nimage: ${{ env.NO }}\n',
      'd/env.yml:2:8: the environment variable NO is not set; ${{ env.NO }} needs it',
    ],
    ['name: [\n', 'd/env.yml:1:7: not valid YAML: this [ is not closed'],
    ['- image\n', 'd/env.yml:1:1: environment must be a map, not a list'],
    ['file:other.yml\n', 'd/env.yml:1:1: environment must be a map, not file:other.yml'],
    ['', 'd/env.yml:1:1: is empty or holds only comments'],
    [
      'image: x\nconda_file: none.yml\n',
      'd/env.yml:2:13: environment.conda_file none.yml not found: there is no d/none.yml',
    ],
    [Buffer.from([0xff, 0xfe, 0x61, 0]), 'd/env.yml:1:1: is written in UTF-16; save it as UTF-8'],
  ])('tells a fault of %j in that file', async (content, fault) => {
    const faults = await managedFaults('environment: file:env.yml', { files: { 'd/env.yml': content } });
    expect(faults).toContainEqual(typeof fault === 'string' ? fault : expect.stringMatching(fault));
  });

  test.each([
    ['file:env.yaml', 'environment file:env.yaml not found: there is no d/env.yaml; did you mean env.yml?'],
    [
      'file:../../env.yml',
      'environment file:../../env.yml is outside the working directory; nothing outside it is read',
    ],
    ['file:model', 'environment file:model is a folder, not a file'],
    ['"file:"', 'environment is empty; write a path, or comment the key out'],
  ])('%s is a fault at its own line', async (text, fault) => {
    const faults = await managedFaults(`environment: ${text}`, { files: { 'd/env.yml': 'image: x' } });
    expect(faults).toEqual([`${at}14: ${fault}`]);
  });
});

test('a conda file is read with the faults in it', async () => {
  const files = { 'd/broken.yml': 'dependencies:\n- a\n b: c\n', 'd/list.yml': '- a\n' };
  const broken = await managedFaults('environment: {image: x, conda_file: broken.yml}', { files });
  expect(broken).toEqual([expect.stringMatching(/^d\/broken\.yml:3:2: not valid YAML/)]);
  const open = await managedFaults('environment: {image: x, conda_file: open.yml}', {
    files: { 'd/open.yml': 'dependencies: [python\n' },
  });
  expect(open).toEqual(['d/open.yml:1:15: not valid YAML: this [ is not closed']);
  const list = await managedFaults('environment: {image: x, conda_file: list.yml}', { files });
  expect(list).toEqual(['d/list.yml:1:1: environment.conda_file must be a map, not a list']);
});

test('what leads out of the workspace by a link is not read', async () => {
  const { files } = fakeDeps({ files: { 'd/env.yml': 'image: x' } });
  const outside = { kind: 'file', size: 1, modified: 0, real: '/etc/passwd', inside: false } as const;
  const linked = {
    ...files,
    stat: async () => outside,
    read: async (): Promise<never> => {
      throw new Error('this is read');
    },
  };
  const text = 'name: blue\ninstance_type: x\nenvironment: file:env.yml\nmodel: {path: model}\n';
  const { faults } = await readDeployment(text, path, { files: linked, endpoints: ['iris'] });
  const out = 'is outside the working directory; nothing outside it is read';
  expect(faults.map(({ line, message }) => [line, message])).toEqual([
    [3, `environment file:env.yml ${out}`],
    [4, `model.path model ${out}`],
  ]);
});

test('a folder that cannot be looked into is a fault at the line', async () => {
  const denied = async (): Promise<never> => {
    throw Object.assign(new Error('no'), { code: 'EACCES' });
  };
  const files = { stat: denied, entries: denied, read: denied };
  const text = 'name: blue\ninstance_type: x\nmodel: {path: model}\n';
  const { faults } = await readDeployment(text, path, { files, endpoints: ['iris'] });
  expect(faults).toEqual([
    { file: path, line: 3, column: 15, message: 'model.path model cannot be read: permission denied' },
  ]);
});

test('what a file says of itself is told whatever else is wrong', async () => {
  expect(await read('name: Blue\nendpoint_name: Iris\n')).toMatchObject({ name: 'blue', endpoint: 'iris' });
});
