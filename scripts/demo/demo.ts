/**
 * `make demo`: an endpoint's whole life, as the guide in `endpoints/` tells it, on an emulated Azure ML. Every step runs
 * the committed bundle as a GitHub runner would.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { callHttps } from '../../emulator/clients/https.ts';
import { startAzurite } from '../../emulator/azurite.ts';
import type { DeploymentFault } from '../../emulator/deployment-failures.ts';
import { runAction, type RunResult } from '../../emulator/runner/run-action.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import { type Screen, screen } from './screen.ts';

const ENDPOINT = 'iris';
const OPERATION_TIME = 900;
const CALLS = 20;
/** How `endpoints/iris/src/score.py` ends when its model is not there. */
const WITHOUT_MODEL: DeploymentFault = {
  failure: 'start-up',
  log: [
    'Traceback (most recent call last):',
    '  File "/var/azureml-app/src/score.py", line 13, in init',
    '    with open(path, encoding="utf-8") as file:',
    "FileNotFoundError: [Errno 2] No such file or directory: '/var/azureml-app/azureml-models/flowers.json'",
  ],
};

const started = Date.now();
const azurite = await startAzurite();
const { account, key, container, endpoint } = azurite;
const storage = { url: `http://${endpoint}/${account}`, key, container };
const emulator = await startEmulator({ operationTime: OPERATION_TIME, storage });
const workspace = await mkdtemp(join(tmpdir(), 'demo-'));
try {
  await story(emulator, workspace, screen(process.stdout));
  process.stdout.write(`\nDone in ${Math.round((Date.now() - started) / 1000)} s. Nothing is left behind.\n`);
} finally {
  await emulator.close();
  await azurite.close();
  await rm(workspace, { recursive: true, force: true });
}

async function story(azure: Emulator, folder: string, show: Screen): Promise<void> {
  const act = actor(azure, folder, show);
  const showSummary = ({ summary }: RunResult): void => summary.trim().split('\n').forEach(show.say);
  await cp(`endpoints/${ENDPOINT}`, join(folder, 'endpoints', ENDPOINT), { recursive: true });
  const yaml = await readFile(`endpoints/${ENDPOINT}.yml`, 'utf8');
  const file = join(folder, 'endpoints', `${ENDPOINT}.yml`);

  show.step(`create endpoint ${ENDPOINT} from endpoints/${ENDPOINT}.yml`);
  await writeFile(file, yaml);
  await act('create');

  const green = join(folder, 'endpoints', ENDPOINT, 'deployments/green.yml');
  const right = await readFile(green, 'utf8');

  show.step(`deploy blue and green from endpoints/${ENDPOINT}/deployments/, with their code and models`);
  await writeFile(green, right.replace('MODEL_FILE: flower.json', 'MODEL_FILE: flowers.json'));
  azure.fault({ match: { method: 'PUT', path: '/deployments/green?' }, then: { deployment: WITHOUT_MODEL } });
  const failed = await act('deploy', {}, 1);
  if (!failed.summary.includes('FileNotFoundError')) throw new Error('the summary does not say why green failed');

  show.step('fix it and deploy again: only green is written, and nothing is uploaded twice');
  await writeFile(green, right);
  const deployed = await act('deploy');
  if (deployed.maskedLog.includes('uploading')) throw new Error('something was uploaded twice');
  showSummary(deployed);

  show.step('send all traffic to blue: uncomment traffic in the YAML, then update');
  await writeFile(file, withTraffic(yaml, { blue: 100 }));
  await act('update');

  show.step('plan 90 % blue and 10 % green, as a pull request shows it');
  await writeFile(file, withTraffic(yaml, { blue: 90, green: 10 }));
  showSummary(await act('plan'));

  show.step('update to 90 % blue and 10 % green');
  await act('update');

  show.step('ask for the URL and the token');
  const { outputs: where } = await act('url');
  const { outputs: secret, maskedLog } = await act('token');
  const url = where['scoring-url']!;
  show.say(`scoring-url  ${url}`);
  show.say(`token        ${'*'.repeat(3)} (an output of ${secret['token']!.length} characters, masked in every log)`);
  if (maskedLog.includes(secret['token']!)) throw new Error('the token was in the log');

  show.step(`call the scoring URL ${CALLS} times with that token`);
  show.say(await answers(azure, url, secret['token']!));

  show.step(`delete endpoint ${ENDPOINT} with its deployments`);
  await act('delete', { confirm: ENDPOINT });
}

/** Runs one operation as a workflow step and shows its log. */
function actor(azure: Emulator, folder: string, show: Screen) {
  // The job signs in with GitHub's ID tokens; it has no secret to lose.
  const env = Object.fromEntries(Object.entries(azure.env).filter(([name]) => name !== 'AZURE_CLIENT_SECRET'));
  return async (operation: string, more: Record<string, string> = {}, expected = 0): Promise<RunResult> => {
    const inputs = { operation, endpoint: ENDPOINT, ...more };
    const result = await runAction({ actionDir: resolve('.'), workspace: folder, inputs, env, onLine: show.log });
    if (result.exitCode !== expected) throw new Error(`operation ${operation} ended with ${result.exitCode}`);
    for (const secret of azure.state().secrets) {
      if (result.maskedLog.includes(secret)) throw new Error(`the log of ${operation} has a secret in it`);
    }
    return result;
  };
}

function withTraffic(yaml: string, traffic: Record<string, number>): string {
  const lines = Object.entries(traffic).map(([name, weight]) => `  ${name}: ${weight}`);
  return `${yaml}\ntraffic:\n${lines.join('\n')}\n`;
}

/** `answered by blue 18 times, by green 2 times` */
async function answers(azure: Emulator, url: string, token: string): Promise<string> {
  const counts = new Map<string, number>();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  for (let index = 0; index < CALLS; index += 1) {
    const body = '{"data":[[5.1,3.5,1.4,0.2]]}';
    const { status, text } = await callHttps(azure, { method: 'POST', url, headers, body });
    if (status !== 200) throw new Error(`the scoring URL answered ${status}: ${text}`);
    const { deployment } = JSON.parse(text) as { deployment: string };
    counts.set(deployment, (counts.get(deployment) ?? 0) + 1);
  }
  return `answered ${[...counts].map(([name, count]) => `by ${name} ${count} times`).join(', ')}`;
}
