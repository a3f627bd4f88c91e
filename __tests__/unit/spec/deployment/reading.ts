import type { Env } from '../../../../src/deps.ts';
import { faultLine } from '../../../../src/failure.ts';
import type { DeploymentSpec } from '../../../../src/spec/deployment/model.ts';
import { readDeployment } from '../../../../src/spec/deployment/read.ts';
import { fakeDeps } from '../../../support/fake-deps.ts';

interface Reading {
  /** Files by path, beside those that every test has. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly env?: Env;
  readonly endpoints?: readonly string[];
  readonly expectedName?: string;
}

export const path = 'd/blue.yml';

const present = {
  'd/code/score.py': 'def init(): ...',
  'd/model/weights.bin': 'x',
  'd/build/Dockerfile': 'FROM scratch',
  'd/conda.yml': 'name: env\ndependencies: [python=3.11]\n',
};

export async function read(text: string, { files = {}, env = {}, endpoints = ['iris'], expectedName }: Reading = {}) {
  const workspace = fakeDeps({ files: { ...present, ...files } }).files;
  const named = expectedName === undefined ? {} : { expectedName };
  return readDeployment(text, path, { files: workspace, endpoints, env, ...named });
}

/** The faults of `d/blue.yml` with this text, as a terminal shows them. */
export async function faultsOf(text: string, reading: Reading = {}): Promise<string[]> {
  return (await read(text, reading)).faults.map(faultLine);
}

/** The deployment of `d/blue.yml` with this text; an error when there are faults. */
export async function specOf(text: string, reading: Reading = {}): Promise<DeploymentSpec> {
  const { spec, faults } = await read(text, reading);
  if (!spec) throw new Error(faults.map(faultLine).join('\n'));
  return spec;
}

const managed = 'name: blue\ninstance_type: Standard_DS3_v2\n';
const kubernetes = 'name: blue\ntype: kubernetes\n';

/** The same for what follows two lines that make a managed deployment, or a Kubernetes one. */
export const managedFaults = async (text: string, reading: Reading = {}) => faultsOf(managed + text, reading);
export const managedSpec = async (text: string, reading: Reading = {}) => specOf(managed + text, reading);
export const kubernetesFaults = async (text: string, reading: Reading = {}) => faultsOf(kubernetes + text, reading);
export const kubernetesSpec = async (text: string, reading: Reading = {}) => specOf(kubernetes + text, reading);
