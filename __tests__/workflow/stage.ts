import { afterAll, afterEach, beforeAll, beforeEach, describe } from '@jest/globals';
import { type Azurite, startAzurite } from '../../emulator/azurite.ts';
import type { EndpointView } from '../../emulator/control.ts';
import type { EmulatorOptions } from '../../emulator/options.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import { type OtherPipeline, otherPipeline } from '../../emulator/clients/other-pipeline.ts';
import { expectNoSecrets } from '../support/secrets.ts';
import { findAct } from './act.ts';
import { runWorkflow, type WorkflowEvent, type WorkflowOptions, type WorkflowRun } from './workflow-run.ts';

/** An Azure that is empty at the start of each test, and the examples to run against it. */
export interface Stage {
  azure(): Emulator;
  others(): OtherPipeline;
  run(example: string, event: WorkflowEvent, options?: WorkflowOptions): Promise<WorkflowRun>;
  /** What the log would be if nothing were masked. It is not searched for secrets. */
  runUnmasked(example: string, event: WorkflowEvent): Promise<WorkflowRun>;
  endpoint(name: string): EndpointView | undefined;
  /** How many requests so far could have changed something in Azure. */
  writes(): number;
  /** Endpoint `iris` with deployments `blue`, which has all the traffic, and `green`: made elsewhere. */
  givenLiveIris(): Promise<void>;
}

/** The milliseconds of a minute, for rollouts, and of each operation of Azure. */
export type StageOptions = Pick<EmulatorOptions, 'minute' | 'operationTime'>;

/**
 * Tests that need a workflow engine; where there is none they are skipped, with a line that says why. At the end of each
 * test no secret that Azure handed out stands in what the runs printed.
 */
export async function describeWorkflows(
  title: string,
  tests: (stage: Stage) => void,
  options: StageOptions = {},
): Promise<void> {
  const act = await findAct();
  if ('missing' in act) process.stderr.write(`not tested: ${title}; ${act.missing}\n`);
  const describeOrSkip = 'missing' in act ? describe.skip : describe;
  describeOrSkip(title, () => tests(openStage(title, 'program' in act ? act.program : '', options)));
}

function openStage(title: string, act: string, options: StageOptions): Stage {
  let azurite: Azurite;
  let azure: Emulator;
  let runs: WorkflowRun[];
  const started = performance.now();
  beforeAll(async () => {
    azurite = await startAzurite();
    const { account, key, container, endpoint } = azurite;
    azure = await startEmulator({ ...options, storage: { url: `http://${endpoint}/${account}`, key, container } });
  });
  beforeEach(() => {
    azure.reset();
    runs = [];
  });
  afterEach(() => {
    const logs = runs.map(({ log }, index) => [`log of run ${index + 1}`, log] as const);
    expectNoSecrets(azure.state().secrets, logs);
  });
  afterAll(async () => {
    await azure.close();
    await azurite.close();
    process.stderr.write(`${title}: ${Math.round((performance.now() - started) / 1_000)} s\n`);
  });
  return {
    azure: () => azure,
    others: () => otherPipeline(azure),
    async run(example, event, options = {}) {
      const run = await runWorkflow(act, azure, example, event, options);
      runs.push(run);
      return run;
    },
    runUnmasked: (example, event) => runWorkflow(act, azure, example, event, { flags: ['--insecure-secrets'] }),
    endpoint: (name) => azure.state().endpoints.find((endpoint) => endpoint.name === name),
    writes: () => azure.requests().filter(({ method }) => ['PUT', 'PATCH', 'DELETE'].includes(method)).length,
    givenLiveIris: () => makeLiveIris(otherPipeline(azure)),
  };
}

async function makeLiveIris(others: OtherPipeline): Promise<void> {
  await others.endpoint('iris');
  await others.deployment('iris', 'blue');
  await others.deployment('iris', 'green');
  await others.traffic('iris', { blue: 100 });
  // Reads show what was there before the last write; after a second one that is the same.
  await others.traffic('iris', { blue: 100 });
}
