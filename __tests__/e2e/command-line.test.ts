import { expect, test } from '@jest/globals';
import type { Seed } from '../../emulator/seed.ts';
import { OPERATIONS } from '../../src/config/operations.ts';
import { INPUT_NAMES, INPUTS } from '../../src/config/inputs.ts';
import { inScene } from '../support/scene.ts';

const seed: Seed = {
  workspaces: [
    {
      name: 'ws-emulator',
      endpoints: [{ name: 'iris', properties: { traffic: { blue: 100 } }, deployments: [{ name: 'blue' }] }],
    },
  ],
};
const files = { 'endpoints/iris.yml': 'name: iris\ntraffic:\n  blue: 100\n', 'request.json': '{}' };

test.concurrent(
  'the answer stands alone on standard output, everything else on standard error, without colour',
  inScene({ seed, files }, async ({ commandLine, azure }) => {
    const [url, token, invoke, unchanged] = await Promise.all([
      commandLine(['url', 'iris']),
      commandLine(['token', '--endpoint', 'IRIS', '--key', 'secondary']),
      commandLine(['invoke', 'iris', '--request-file', 'request.json']),
      commandLine(['apply', 'iris']),
    ]);
    expect([url, token, invoke, unchanged].map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
    expect(url.stdout).toBe(`${azure.url}/iris.westeurope.inference/score\n`);
    expect(url.stderr).toContain('signing in with client secret');
    expect(azure.state().secrets).toContain(token.stdout.trim());
    expect(JSON.parse(invoke.stdout)).toMatchObject({ deployment: 'blue' });
    expect(unchanged.stdout).toBe('iris: no change\n');
    const all = [url, token, invoke, unchanged].map(({ stdout, stderr }) => stdout + stderr).join('');
    expect(all).not.toContain('\u001b[');
    expect(all).not.toContain('::');
  }),
);

test.concurrent(
  'in a workflow the command line masks a token on standard error before it prints it',
  inScene({ seed, files }, async ({ commandLine }) => {
    const { stdout, stderr } = await commandLine(['token', 'iris'], { env: { GITHUB_ACTIONS: 'true' } });
    expect(stderr).toContain(`::add-mask::${stdout.trim()}\n`);
    expect(stdout).not.toContain('::');
  }),
);

test.concurrent(
  'in a workflow the words of a model are no commands, on neither stream',
  inScene({ seed, files }, async ({ commandLine, azure }) => {
    azure.fault({ match: { path: '/score' }, then: { status: 424, body: '##[error]owned' } });
    const words = ['invoke', 'iris', '--request-file', 'request.json'];
    const { exitCode, stdout, stderr } = await commandLine(words, { env: { GITHUB_ACTIONS: 'true' } });
    expect(exitCode).toBe(1);
    for (const stream of [stdout, stderr]) {
      expect(stream).toContain('owned');
      expect(stream).not.toContain('##[');
    }
  }),
);

test.concurrent(
  '--help tells everything, and after an operation what that reads',
  inScene({}, async ({ commandLine, azure }) => {
    const operations = Object.keys(OPERATIONS) as (keyof typeof OPERATIONS)[];
    const [all, short, ...each] = await Promise.all([
      commandLine(['--help']),
      commandLine(['-h']),
      ...operations.map((operation) => commandLine([operation, '--help'])),
    ]);
    expect(short).toMatchObject({ exitCode: 0, stdout: all.stdout });
    for (const operation of operations) expect(all.stdout).toMatch(new RegExp(`^  ${operation} +\\S`, 'm'));
    for (const code of [0, 1, 2, 3, 130]) expect(all.stdout).toMatch(new RegExp(`^  ${code} +\\S`, 'm'));
    expect(flagsIn(all.stdout)).toEqual(INPUT_NAMES.filter((name) => name !== 'operation'));
    for (const [index, { stdout, stderr, exitCode }] of each.entries()) {
      const operation = operations[index]!;
      const read = INPUT_NAMES.filter(
        (name) => name !== 'operation' && (INPUTS[name].operations as readonly string[]).includes(operation),
      );
      expect({ exitCode, stderr, flags: flagsIn(stdout) }).toEqual({ exitCode: 0, stderr: '', flags: read });
      expect(stdout).toContain(`Usage: node dist/index.js ${operation} `);
    }
    expect(azure.requests()).toEqual([]);
  }),
);

test.concurrent(
  'unknown flags and operations are errors with a suggestion, and other misuse says what is wrong',
  inScene({ seed, files }, async ({ commandLine, azure }) => {
    const misuse = async (...words: string[]): Promise<string> => {
      const { exitCode, stdout, stderr } = await commandLine(words);
      expect({ words, exitCode, stdout }).toEqual({ words, exitCode: 2, stdout: '' });
      return stderr;
    };
    const said = await Promise.all([
      misuse('update', 'iris', '--trafic', 'blue=100'),
      misuse('updat', 'iris'),
      misuse('url', 'iris', 'wine'),
      misuse('url', 'iris', '--endpoint', 'wine'),
      misuse('url', 'iris', '--timeout'),
      misuse('--endpoint', 'iris'),
      misuse('url'),
      misuse('url', '*'),
    ]);
    const expected = [
      'unknown flag --trafic; did you mean --traffic?',
      'unknown operation updat; did you mean update?',
      'unexpected argument "wine"; see --help',
      'the endpoint is given twice: iris and --endpoint',
      '--timeout',
      'input operation is missing',
      'input endpoint is missing',
      'url takes exactly one endpoint name',
    ];
    for (const [index, words] of expected.entries()) expect(said[index]).toContain(words);
    expect(azure.requests()).toEqual([]);
  }),
);

test.concurrent(
  'exit codes: done, failed, faulty, different',
  inScene({ seed, files: { ...files, 'endpoints/bad.yml': 'name: worse\n' } }, async ({ commandLine }) => {
    const [done, failed, faulty, different, same] = await Promise.all([
      commandLine(['plan', 'iris']),
      commandLine(['show', 'nobody']),
      commandLine(['validate']),
      commandLine(['plan', 'iris', '--fail-on-drift', '--set', 'tags.a=b', '--set', 'tags.c=d']),
      commandLine(['plan', 'iris', '--fail-on-drift']),
    ]);
    expect([done, failed, faulty, different, same].map(({ exitCode }) => exitCode)).toEqual([0, 1, 2, 3, 0]);
    expect(faulty.stderr).toMatch(/^endpoints\/bad\.yml:1:7: error: /m);
    expect(different.stdout).toMatch(/\+ tags\.a +b\n +\+ tags\.c +d/);
    expect(different.stderr).toContain('error: Azure differs from the YAML');
    expect(same.stdout).toContain('iris: no change');
  }),
);

test.concurrent(
  'without a terminal nothing is asked: a loss of live traffic needs --confirm',
  inScene({ seed, files }, async ({ commandLine, azure }) => {
    const refused = await commandLine(['delete', 'iris']);
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).not.toContain('Type iris');
    expect(refused.stderr).toContain('Set `confirm` to iris');
    const deleted = await commandLine(['delete', 'iris', '--confirm', 'iris']);
    expect(deleted).toMatchObject({ exitCode: 0, stdout: 'iris: deleted with blue\n' });
    expect(azure.state().endpoints).toEqual([]);
  }),
);

/** The flags of a help text, in its order, without `--help`. */
function flagsIn(help: string): string[] {
  return [...help.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, name]) => name!);
}
