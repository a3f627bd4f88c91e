/**
 * `make demo-rollout`: a safe rollout that goes well, and one that comes back by itself, on an emulated Azure ML whose
 * minutes last a quarter of a second. Both run the committed bundle as a GitHub runner would.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runAction, type RunResult } from '../../emulator/runner/run-action.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import { type Screen, screen } from './screen.ts';

const ENDPOINT = 'iris';
const MINUTE = 250;
const REQUESTS_A_MINUTE = 300;
const SEED = {
  workspaces: [
    {
      name: 'ws-emulator',
      endpoints: [
        {
          name: ENDPOINT,
          properties: { traffic: { blue: 100 } },
          deployments: [{ name: 'blue' }, { name: 'green' }],
        },
      ],
    },
  ],
};

const started = Date.now();
const show = screen(process.stdout);
await withAzure(0.004, async (act) => {
  show.step('plan: all traffic from blue to green by the policy `standard`');
  await act('plan');
  show.step('roll out: green is as good as blue');
  tell(await act('rollout'), 'succeeded');
});
await withAzure(0.15, async (act) => {
  show.step('roll out: 15 % of the answers of green are errors, and of blue 0.4 %');
  tell(await act('rollout', 1), 'rolled-back');
});
process.stdout.write(`\nDone in ${Math.round((Date.now() - started) / 1000)} s. Nothing is left behind.\n`);

type Act = (operation: string, expected?: number) => Promise<RunResult>;

async function withAzure(errorRate: number, story: (act: Act) => Promise<void>): Promise<void> {
  const azure = await startEmulator({ operationTime: 200, minute: MINUTE, seed: SEED });
  const folder = await mkdtemp(join(tmpdir(), 'demo-'));
  try {
    await mkdir(join(folder, 'endpoints', ENDPOINT), { recursive: true });
    await writeFile(join(folder, 'endpoints', `${ENDPOINT}.yml`), `name: ${ENDPOINT}\ntraffic:\n  green: 100\n`);
    await writeFile(join(folder, 'endpoints', ENDPOINT, 'rollout.yml'), 'preset: standard\n');
    const deployments = { blue: { errorRate: 0.004 }, green: { errorRate } };
    azure.traffic({ endpoint: ENDPOINT, rpm: REQUESTS_A_MINUTE, deployments });
    await story(actor(azure, folder, show));
  } finally {
    await azure.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function actor(azure: Emulator, folder: string, { log }: Screen): Act {
  const env = Object.fromEntries(Object.entries(azure.env).filter(([name]) => name !== 'AZURE_CLIENT_SECRET'));
  return async (operation, expected = 0) => {
    const inputs = { operation, endpoint: ENDPOINT };
    const result = await runAction({ actionDir: resolve('.'), workspace: folder, inputs, env, onLine: log });
    if (result.exitCode !== expected) throw new Error(`operation ${operation} ended with ${result.exitCode}`);
    return result;
  };
}

/** The job summary, and the outputs that say how it ended. */
function tell({ summary, outputs }: RunResult, status: string): void {
  for (const line of summary.trim().split('\n')) show.say(line);
  show.say('');
  show.say(`status          ${outputs['status']}`);
  if (outputs['failure-reason']) show.say(`failure-reason  ${outputs['failure-reason']}`);
  if (outputs['status'] !== status) throw new Error(`the rollout was to end ${status}`);
}
