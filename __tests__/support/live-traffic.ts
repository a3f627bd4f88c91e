import { setTimeout as sleep } from 'node:timers/promises';
import type { Emulator } from '../../emulator/server.ts';

/** Two deployments of one endpoint, all traffic on blue. */
export const IRIS_ON_BLUE = {
  workspaces: [
    {
      name: 'ws-emulator',
      endpoints: [
        {
          name: 'iris',
          tags: { team: 'flowers' },
          properties: { traffic: { blue: 100 } },
          deployments: [{ name: 'blue' }, { name: 'green' }],
        },
      ],
    },
  ],
};

export function splitOf(azure: Emulator): unknown {
  return azure.state().endpoints[0]?.properties['traffic'];
}

/** Ten requests a second, of which these parts fail. */
export function serve(azure: Emulator, errors: { readonly blue: number; readonly green: number }): void {
  azure.traffic({
    endpoint: 'iris',
    rpm: 600,
    deployments: { blue: { errorRate: errors.blue }, green: { errorRate: errors.green } },
  });
}

/** Resolves so many milliseconds after green has got this share of the live traffic. */
export async function greenAt(azure: Emulator, percent: number, after = 0): Promise<void> {
  while ((splitOf(azure) as Record<string, number> | undefined)?.['green'] !== percent) await sleep(20);
  await sleep(after);
}

/** Aborted when it has come so far. */
export function abortedAfter(moment: Promise<unknown>): AbortSignal {
  const controller = new AbortController();
  void moment.then(() => controller.abort());
  return controller.signal;
}
