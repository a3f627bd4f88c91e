import { type Assets, type DeploymentAssets, openAssets } from '../../src/azure/assets/assets.ts';
import { inputReader } from '../../src/config/read.ts';
import type { Workspace } from '../../src/azure/connect.ts';
import type { Files } from '../../src/deps.ts';
import { readTarget } from '../../src/config/target.ts';
import { hostFiles } from '../../src/host.ts';
import type {
  Asset,
  CodeSource,
  DeploymentSpec,
  EnvironmentSource,
  ModelSource,
} from '../../src/spec/deployment/model.ts';
import type { Azure } from './azure.ts';
import { type FakeDeps, fakeDeps } from './fake-deps.ts';

/** One run that names and uploads assets. */
export interface AssetRun extends Pick<Assets, 'identify'> {
  /** @param within with other limits than those of the run */
  publish(assets: DeploymentAssets, within?: Workspace): Promise<void>;
  readonly deps: FakeDeps;
  readonly workspace: Workspace;
}

/**
 * Opens the emulator's workspace as an operation does.
 * @param filesOf the files of the run, those of this machine unless told
 */
export async function openRun(azure: Azure, filesOf: (deps: FakeDeps) => Files = () => hostFiles): Promise<AssetRun> {
  // Not before: jest cannot link the ARM client beside what it shares with other clients.
  const { connect } = await import('../../src/azure/connect.ts');
  const deps = fakeDeps({ env: azure.env });
  const target = readTarget(
    inputReader(() => '', azure.env),
    azure.env,
  );
  const limits = { signal: deps.signal, deadline: deps.clock.now() + 3_600_000 };
  const workspace = await connect(target, deps, limits);
  const { identify, publish } = openAssets({ workspace, files: filesOf(deps) });
  return { identify, publish: (assets, within = workspace) => publish(assets, within), deps, workspace };
}

interface Parts {
  readonly name?: string;
  readonly model?: Asset<ModelSource>;
  readonly code?: Asset<CodeSource>;
  readonly environment?: Asset<EnvironmentSource>;
}

/** A deployment of iris with assets, each key on a line of its own. */
export function deployment({ name = 'blue', ...assets }: Parts): DeploymentSpec {
  const keys = [
    'model',
    'model.path',
    'model.version',
    'code_configuration.code',
    'environment',
    'environment.build.path',
    'model.type',
  ];
  const positions = new Map(keys.map((key, index) => [key, { file: 'blue.yml', line: index + 1, column: 1 }]));
  return {
    ...{ name, endpoint: 'iris', file: 'blue.yml', kind: 'managed', body: {}, positions, placeholders: new Map() },
    ...assets,
  };
}

export function localModel(path: string, more: Partial<ModelSource> = {}): Asset<ModelSource> {
  return { how: 'inline', source: { type: 'custom_model', content: { local: path }, ...more } };
}

export function localCode(path: string): Asset<CodeSource> {
  return { how: 'inline', source: { content: { local: path } } };
}
