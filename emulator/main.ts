import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { shellExports } from './environment.ts';
import { parseJson } from './http.ts';
import type { EmulatorOptions } from './options.ts';
import { parseSeed } from './seed-file.ts';
import { startEmulator } from './server.ts';
import type { Emulator } from './server.ts';
import { storageCredentials, storageOf } from './storage.ts';
import type { StorageOptions } from './storage.ts';

const help = `Azure ML, Entra ID and GitHub's ID tokens as this project's tests and demo meet them, on https://127.0.0.1.

  --port N                    where to listen; 0 takes a free port (default 0)
  --env-file FILE             where to write the variables of a client, to be sourced by a shell
  --latency MS                delay of each answer
  --operation-time MS         length of each long-running operation (default 200)
  --deployment-time MS        length of a deployment's operations (default: as --operation-time)
  --minute MS                 length of a minute for traffic, metrics and the rollout of the action (default 60000)
  --serial-deployments        one write of a deployment per endpoint at a time, as some regions of Azure
  --storage URL               blob endpoint behind the datastores, such as http://127.0.0.1:10000/devstoreaccount1;
                              its key is in EMULATOR_STORAGE_KEY, unless it is Azurite's own account
  --storage-container NAME    container of all workspaces (default: one each, named as Azure names it)
  --storage-credentials KIND  what the datastores hand out: key, sas or none (default key)
  --stale-reads N             reads that still show the old tags and traffic after an update (default 1)
  --id-token-lifetime MS      life of GitHub's ID tokens (default 300000)
  --access-token-lifetime MS  life of Entra's access tokens (default 3600000)
  --seed FILE                 JSON with what is there at the start
  --help                      this text

One line of JSON on standard output says that it is ready. Ctrl-C stops it and removes its files.
`;

/** Faulty arguments: the message says which; exit code 2. */
class UsageError extends Error {}

async function main(args: readonly string[]): Promise<void> {
  const { values } = readArguments(args);
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const options = await readOptions(values);
  const emulator = await startEmulator(options);
  if (options.storage?.url ?? options.seed?.storage?.url) await makeContainers(emulator);
  const envFile = values['env-file'] ?? join(dirname(emulator.caFile), 'env');
  const stop = async (): Promise<void> => {
    await rm(envFile, { force: true });
    await emulator.close();
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  await writeFile(envFile, shellExports(emulator.env), { mode: 0o600 });
  process.stdout.write(`${JSON.stringify({ url: emulator.url, envFile, caFile: emulator.caFile })}\n`);
}

async function makeContainers(emulator: Emulator): Promise<void> {
  try {
    await emulator.makeContainers();
  } catch (error) {
    await emulator.close();
    throw error;
  }
}

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: text,
        'env-file': text,
        latency: text,
        'operation-time': text,
        'deployment-time': text,
        minute: text,
        'serial-deployments': { type: 'boolean' },
        storage: text,
        'storage-container': text,
        'storage-credentials': text,
        'stale-reads': text,
        'id-token-lifetime': text,
        'access-token-lifetime': text,
        seed: text,
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

async function readOptions(values: ReturnType<typeof readArguments>['values']): Promise<EmulatorOptions> {
  return {
    ...whole('port', '--port', values.port),
    ...whole('latency', '--latency', values.latency),
    ...whole('operationTime', '--operation-time', values['operation-time']),
    ...whole('deploymentTime', '--deployment-time', values['deployment-time']),
    ...readMinute(values.minute),
    serialDeployments: values['serial-deployments'] ?? false,
    storage: readStorage(values),
    ...whole('staleReads', '--stale-reads', values['stale-reads']),
    ...whole('idTokenLifetime', '--id-token-lifetime', values['id-token-lifetime']),
    ...whole('accessTokenLifetime', '--access-token-lifetime', values['access-token-lifetime']),
    ...(values.seed === undefined ? {} : { seed: await readSeed(values.seed) }),
  };
}

function readMinute(text: string | undefined): EmulatorOptions {
  const { minute } = whole('minute', '--minute', text);
  if (minute !== undefined && (minute < 1 || minute > 60_000)) throw new UsageError('--minute takes 1 to 60000');
  return minute === undefined ? {} : { minute };
}

function readStorage(values: ReturnType<typeof readArguments>['values']): StorageOptions {
  const { storage: url, 'storage-container': container, 'storage-credentials': wanted } = values;
  const credentials = storageCredentials.find((known) => known === wanted);
  if (wanted !== undefined && !credentials) {
    throw new UsageError(`--storage-credentials takes ${storageCredentials.join(', ')}, not '${wanted}'`);
  }
  const key = process.env['EMULATOR_STORAGE_KEY'];
  const options = {
    ...(url === undefined ? {} : { url }),
    ...(container === undefined ? {} : { container }),
    ...(credentials ? { credentials } : {}),
    ...(key === undefined ? {} : { key }),
  };
  try {
    storageOf(options, '');
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
  return options;
}

function whole(option: keyof EmulatorOptions, flag: string, text: string | undefined): EmulatorOptions {
  if (text === undefined) return {};
  if (!/^\d+$/.test(text)) throw new UsageError(`${flag} takes a whole number, not '${text}'`);
  return { [option]: Number(text) };
}

async function readSeed(file: string): Promise<ReturnType<typeof parseSeed>> {
  try {
    return parseSeed(parseJson(await readFile(file, 'utf8')));
  } catch (error) {
    throw new UsageError(`--seed ${file}: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`emulator: ${messageOf(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
