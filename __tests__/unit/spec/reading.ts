import type { Env, Files } from '../../../src/deps.ts';
import { faultLine } from '../../../src/failure.ts';
import { readEndpoint } from '../../../src/spec/endpoint.ts';
import type { EndpointSpec, Override } from '../../../src/spec/model.ts';
import { parseOverride } from '../../../src/spec/override.ts';

interface Reading {
  readonly set?: readonly string[];
  readonly env?: Env;
}

function read(text: string, { set = [], env = {} }: Reading) {
  const overrides = set.map((line) => parseOverride(line) as Override);
  return readEndpoint(text, 'iris.yml', { expectedName: 'iris', overrides, env });
}

/** The faults of `iris.yml` with this text, as a terminal shows them. */
export function faultsOf(text: string, reading: Reading = {}): string[] {
  return read(text, reading).faults.map(faultLine);
}

/** The endpoint of `iris.yml` with this text; an error when there are faults. */
export function specOf(text: string, reading: Reading = {}): EndpointSpec {
  const { spec, faults } = read(text, reading);
  if (!spec) throw new Error(faults.map(faultLine).join('\n'));
  return spec;
}

/** The same for what follows the line `name: iris`. */
export function faultsBelowName(text: string, reading: Reading = {}): string[] {
  return faultsOf(`name: iris\n${text}`, reading);
}

export function specBelowName(text: string, reading: Reading = {}): EndpointSpec {
  return specOf(`name: iris\n${text}`, reading);
}

/** Files in memory, in one folder. An error in the place of a text is thrown when the file is read. */
export function filesIn(
  folder: string,
  contents: Readonly<Record<string, string | Uint8Array | Error>>,
): Pick<Files, 'list' | 'read' | 'stat'> {
  return {
    stat: async () => undefined,
    list: async (wanted) => (wanted === folder ? Object.keys(contents).sort() : undefined),
    read: async (path, limit) => {
      const content = contents[path.slice(folder.length + 1)];
      if (content === undefined || content instanceof Error) throw content ?? new Error(`no ${path}`);
      return Buffer.from(content as string).subarray(0, limit + 1);
    },
  };
}
