import { request } from 'node:https';
import type { Emulator } from '../../../emulator/server.ts';

export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Gives up after so many milliseconds. */
  readonly timeout?: number;
}

/** One request over real HTTPS that trusts nothing but the emulator's own authority. */
export function call(emulator: Emulator, method: string, target: string, options: CallOptions = {}): Promise<Response> {
  const { body, token, headers = {}, timeout = 5000 } = options;
  const url = target.startsWith('https:') ? target : `${emulator.url}${target}`;
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method, ca: emulator.ca, agent: false, headers: { ...authorization, ...headers }, timeout },
      (incoming) => {
        let text = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (chunk: string) => (text += chunk));
        incoming.on('error', reject);
        incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text }));
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('timeout')));
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  });
}

/** The path of something below the workspace that the environment names. */
export function below({ env }: Emulator, path: string): string {
  const group = `/subscriptions/${env['AZURE_SUBSCRIPTION_ID']}/resourceGroups/${env['AZURE_RESOURCE_GROUP']}`;
  const workspace = `${group}/providers/Microsoft.MachineLearningServices/workspaces/${env['AZURE_ML_WORKSPACE']}`;
  return `${workspace}${path}?api-version=2024-10-01`;
}
