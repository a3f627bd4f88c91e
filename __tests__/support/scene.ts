import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { EmulatorOptions } from '../../emulator/options.ts';
import {
  type RunOptions,
  type RunResult,
  runAction,
  runUntilLost,
  type StepResult,
} from '../../emulator/runner/run-action.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import { type CommandOptions, type CommandResult, runCommand } from './command-line.ts';
import { type OtherPipeline, otherPipeline } from '../../emulator/clients/other-pipeline.ts';
import { REPOSITORY } from './repository.ts';
import { expectNoSecrets, filesBelow, type Place, withoutMaskCommands } from './secrets.ts';

const BUNDLE = join(REPOSITORY, 'dist/index.js');

/** An Azure of its own, a checked-out repository, and the committed bundle to run in it. */
export interface Scene {
  readonly azure: Emulator;
  readonly others: OtherPipeline;
  /** The repository's folder. */
  readonly workspace: string;
  /** Writes a file of the repository. */
  write(file: string, text: string): Promise<void>;
  /** One step `uses: …` with these inputs, signed in by client secret unless `env` says otherwise. */
  action(inputs: Readonly<Record<string, string>>, more?: Partial<RunOptions>): Promise<RunResult>;
  /** The same on a machine that is gone when `lost` is aborted: no signal, and no post step. */
  untilLost(
    inputs: Readonly<Record<string, string>>,
    lost: AbortSignal,
    more?: Partial<RunOptions>,
  ): Promise<StepResult>;
  /** `node dist/index.js …` in the repository's folder. */
  commandLine(words: readonly string[], more?: Partial<CommandOptions>): Promise<CommandResult>;
  /** `make …` with this project's own Makefile, in the repository's folder. */
  make(words: readonly string[], more?: Partial<CommandOptions>): Promise<CommandResult>;
}

export interface SceneOptions extends EmulatorOptions {
  /** The repository's files, by their paths. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A test in a scene of its own, at whose end no secret of Azure stands anywhere. */
export function inScene(options: SceneOptions, play: (scene: Scene) => Promise<void>): () => Promise<void> {
  return async () => {
    const { files = {}, ...behaviour } = options;
    const azure = await startEmulator(behaviour);
    const workspace = await mkdtemp(join(tmpdir(), 'workspace-'));
    const places: Place[] = [];
    try {
      await linkProject(workspace);
      const scene = openScene(azure, workspace, places);
      for (const [file, text] of Object.entries(files)) await scene.write(file, text);
      await play(scene);
      expectNoSecrets(azure.state().secrets, [...places, ...(await filesBelow(workspace))]);
    } finally {
      await azure.close();
      await rm(workspace, { recursive: true, force: true });
    }
  };
}

/** The workspace and its sign-in, as variables of a job. GitHub's ID tokens are not among them. */
export function clientSecret({ env }: Emulator): Record<string, string> {
  const names = Object.keys(env).filter((name) => !name.startsWith('ACTIONS_'));
  return Object.fromEntries(names.map((name) => [name, env[name] ?? '']));
}

/** The same for a job with `permissions: id-token: write` and no secret. */
export function gitHubIdToken({ env }: Emulator): Record<string, string> {
  return without(env, 'AZURE_CLIENT_SECRET');
}

function openScene(azure: Emulator, workspace: string, places: Place[]): Scene {
  const command = async (program: string, words: readonly string[], more: Partial<CommandOptions>) => {
    const env = { ...clientSecret(azure), ...more.env };
    const result = await runCommand(program, words, { cwd: workspace, ...more, env });
    places.push(...placesOfCommand(words, result));
    return result;
  };
  const job = (inputs: Readonly<Record<string, string>>, more: Partial<RunOptions>): RunOptions => {
    const env = { RUNNER_TEMP: workspace, ...(more.env ?? clientSecret(azure)) };
    return { actionDir: REPOSITORY, workspace, inputs, ...more, env };
  };
  return {
    azure,
    workspace,
    others: otherPipeline(azure),
    async write(file, text) {
      await mkdir(dirname(join(workspace, file)), { recursive: true });
      await writeFile(join(workspace, file), text);
    },
    async action(inputs, more = {}) {
      const result = await runAction(job(inputs, more));
      places.push(...placesOfStep('main', result), ...placesOfStep('post', result.post));
      return result;
    },
    async untilLost(inputs, lost, more = {}) {
      const result = await runUntilLost(job(inputs, more), lost);
      places.push(...placesOfStep('main', result));
      return result;
    },
    commandLine: (words, more = {}) => command(process.execPath, [BUNDLE, ...words], more),
    // Whatever the age of the lock file here, a test installs nothing.
    make: (words, more = {}) => command('make', ['-s', '-o', 'node_modules/.package-lock.json', ...words], more),
  };
}

/** Puts what the Makefile needs beside the repository's own files, as in a clone. */
async function linkProject(workspace: string): Promise<void> {
  for (const name of ['Makefile', 'dist', 'node_modules', 'package-lock.json']) {
    await symlink(join(REPOSITORY, name), join(workspace, name));
  }
}

function without(record: Readonly<Record<string, string>>, unwanted: string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== unwanted));
}

function placesOfStep(step: string, result: StepResult): Place[] {
  const outputs = without(result.outputs, 'token');
  return [
    [`${step}: raw log`, withoutMaskCommands(result.rawLog)],
    [`${step}: log`, result.maskedLog],
    [`${step}: summary`, result.summary],
    [`${step}: annotations`, JSON.stringify(result.annotations)],
    [`${step}: outputs`, JSON.stringify(outputs)],
    [`${step}: job outputs`, JSON.stringify(result.jobOutputs)],
    [`${step}: state`, JSON.stringify(result.state)],
  ];
}

/** A token is what `token` prints; nothing else prints one. */
function placesOfCommand(words: readonly string[], { stdout, stderr }: CommandResult): Place[] {
  const isToken = words.includes('token') || words.includes('endpoint-token');
  return [['standard error', withoutMaskCommands(stderr)], ...(isToken ? [] : [['standard output', stdout] as const])];
}
