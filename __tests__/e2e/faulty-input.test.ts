import { expect, test } from '@jest/globals';
import type { Seed } from '../../emulator/seed.ts';
import { inScene } from '../support/scene.ts';

const seed: Seed = {
  workspaces: [{ name: 'ws-emulator', endpoints: [{ name: 'iris', properties: {}, deployments: [{ name: 'blue' }] }] }],
};

test.concurrent(
  'traffic to a deployment that does not exist is an error at its line, before anything is sent',
  inScene(
    { seed, files: { 'endpoints/iris.yml': 'name: iris\ntraffic:\n  blue: 90\n  green: 10\n' } },
    async ({ action, azure }) => {
      const results = await Promise.all(
        ['plan', 'update', 'apply'].map((operation) => action({ operation, endpoint: 'iris' })),
      );
      for (const { exitCode, annotations, outputs } of results) {
        expect(exitCode).toBe(2);
        expect(annotations).toEqual([
          {
            type: 'error',
            file: 'endpoints/iris.yml',
            line: 4,
            endLine: 4,
            column: 3,
            message: 'traffic names deployment green, which does not exist (the endpoint has blue)',
          },
        ]);
        expect(outputs['failure-reason']).toContain('endpoints/iris.yml:4:3: traffic names deployment green');
      }
      expect(azure.requests().filter(({ method }) => method === 'PUT')).toEqual([]);
    },
  ),
);

test.concurrent(
  'a create with traffic tells to comment the key out',
  inScene(
    {
      files: {
        'endpoints/new.yml': 'name: new\ntraffic:\n  blue: 100\n',
        'endpoints/none.yml': 'name: none\ntraffic:\n',
      },
    },
    async ({ action }) => {
      const [early, empty] = await Promise.all([
        action({ operation: 'create', endpoint: 'new' }),
        action({ operation: 'create', endpoint: 'none' }),
      ]);
      expect(early).toMatchObject({ exitCode: 2, annotations: [{ file: 'endpoints/new.yml', line: 3 }] });
      expect(early.annotations[0]?.message).toContain('comment traffic out until it does');
      expect(empty).toMatchObject({ exitCode: 2, annotations: [{ file: 'endpoints/none.yml', line: 2 }] });
    },
  ),
);

test.concurrent(
  'all faults of all files come at once, each at its place, and nothing is sent',
  inScene(
    {
      files: {
        'endpoints/one.yml': 'name: two\nauth_mod: key\ntraffic:\n  blue: 60\n  green: 60\n',
        'endpoints/Bad-.yml': 'name: [\n',
        'endpoints/tags.yml': 'name: tags\ntags: {a: [1]}\npublic_network_access: yes\n',
      },
    },
    async ({ action, azure }) => {
      const { exitCode, annotations, summary } = await action({ operation: 'apply', endpoint: '*' });
      expect(exitCode).toBe(2);
      const places = annotations.map(({ type, file, line }) => `${type} ${file}:${line}`);
      expect(new Set(places)).toEqual(
        new Set([
          'error endpoints/Bad-.yml:1',
          'error endpoints/one.yml:1',
          'error endpoints/one.yml:2',
          'error endpoints/one.yml:3',
          'error endpoints/tags.yml:2',
          'error endpoints/tags.yml:3',
        ]),
      );
      const messages = annotations.map(({ message }) => message).join('\n');
      expect(messages).toContain('unknown key auth_mod; did you mean auth_mode?');
      expect(summary.split('\n').filter((line) => line.startsWith('- endpoints/'))).toHaveLength(6);
      expect(azure.requests()).toEqual([]);
    },
  ),
);

test.concurrent(
  'all faults of all inputs come at once',
  inScene({ files: { 'endpoints/iris.yml': 'name: iris\n' } }, async ({ action, azure }) => {
    const faulty = {
      operation: 'update',
      endpoint: 'iris',
      'subscription-id': 'mine',
      'api-version': '2022-10-01',
      cloud: 'Moon',
      timeout: 'soon',
      'max-concurrency': '0',
      traffic: 'blue is 60',
    };
    const { exitCode, annotations } = await action(faulty);
    expect(exitCode).toBe(2);
    const named = annotations.map(({ message }) => /^input (\S+)/.exec(message)?.[1]);
    const expected = ['traffic', 'subscription-id', 'cloud', 'api-version', 'timeout', 'max-concurrency'];
    expect(new Set(named)).toEqual(new Set(expected));
    expect(azure.requests()).toEqual([]);
  }),
);

test.concurrent(
  'inputs that are not declared and inputs that are not used are warnings; a missing folder asks for actions/checkout',
  inScene({ seed }, async ({ action }) => {
    const [unknown, unused, folder] = await Promise.all([
      action({ operation: 'url', endpoint: 'iris', 'end-point': 'wine' }),
      action({ operation: 'url', endpoint: 'iris', traffic: 'blue=100' }),
      action({ operation: 'validate' }),
    ]);
    expect(unknown).toMatchObject({ exitCode: 0, annotations: [{ type: 'warning' }] });
    expect(unknown.annotations[0]?.message).toContain("Unexpected input(s) 'end-point', valid inputs are ['operation'");
    expect(unused).toMatchObject({
      exitCode: 0,
      annotations: [{ type: 'warning', message: 'input traffic is not used by url' }],
    });
    expect(folder).toMatchObject({
      exitCode: 2,
      annotations: [{ type: 'error', message: 'endpoints/ not found; is actions/checkout missing?' }],
    });
  }),
);
