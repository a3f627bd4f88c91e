import type { ValidateConfig } from '../../config/config.ts';
import { DEPLOYING, DESIRED } from '../../config/operation-groups.ts';
import { isOperation, type Operation } from '../../config/operations.ts';
import { parseConfig } from '../../config/parse.ts';
import type { RawInput } from '../../config/read.ts';
import type { Deps } from '../../deps.ts';
import { InputFaults } from '../../failure.ts';
import { neededDeployments } from './deployments.ts';
import { desiredEndpoints, desiredState } from './state.ts';

/** Faults of the inputs, and with them those of the files, as far as the inputs still say which files are meant. */
export async function withThoseOfFiles(inputs: InputFaults, input: RawInput, deps: Deps): Promise<InputFaults> {
  const operation = input('operation').trim();
  if (!isOperation(operation) || (operation !== 'validate' && input('endpoint').trim() === '')) return inputs;
  try {
    // A validation needs nothing but what says where the files are.
    const { config } = parseConfig((name) => (name === 'operation' ? 'validate' : input(name)), deps.env);
    await read(operation, config as ValidateConfig, deps);
  } catch (error) {
    if (!(error instanceof InputFaults)) throw error;
    const known = new Set(inputs.faults.map(({ message }) => message));
    return new InputFaults([...inputs.faults, ...error.faults.filter(({ message }) => !known.has(message))]);
  }
  return inputs;
}

async function read(operation: Operation, config: ValidateConfig, deps: Deps): Promise<unknown> {
  if (operation === 'deploy') return neededDeployments({ ...config, deployment: undefined }, deps);
  if (!(DESIRED as readonly Operation[]).includes(operation)) return undefined;
  if (!DEPLOYING.includes(operation)) return desiredEndpoints(config.request, deps);
  return desiredState(config.request, { ...config, withoutFile: operation === 'validate' }, deps);
}
