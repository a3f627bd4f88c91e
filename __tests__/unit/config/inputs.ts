import type { Config } from '../../../src/config/config.ts';
import type { InputName } from '../../../src/config/inputs.ts';
import { parseConfig, type ParsedConfig } from '../../../src/config/parse.ts';
import type { RawInput } from '../../../src/config/read.ts';
import { InputFaults } from '../../../src/failure.ts';

export type Inputs = Partial<Record<InputName, string>>;
type Env = Readonly<Record<string, string>>;

/** What every operation on Azure needs. */
export const WORKSPACE: Inputs = {
  'subscription-id': '11111111-2222-3333-4444-555555555555',
  'resource-group': 'rg',
  'workspace-name': 'ws',
};

const rawInput =
  (inputs: Inputs): RawInput =>
  (name) =>
    inputs[name] ?? '';

export function parsed(inputs: Inputs, env: Env = {}): ParsedConfig {
  return parseConfig(rawInput(inputs), env);
}

export function configOf<O extends Config['operation']>(
  operation: O,
  inputs: Inputs = {},
  env: Env = {},
): Config & { operation: O } {
  return parsed({ operation, ...WORKSPACE, ...inputs }, env).config as Config & { operation: O };
}

/** The messages of all faults; none when the inputs are good. */
export function faultsOf(inputs: Inputs, env: Env = {}): string[] {
  try {
    parsed(inputs, env);
    return [];
  } catch (error) {
    if (error instanceof InputFaults) return error.faults.map(({ message }) => message);
    throw error;
  }
}
