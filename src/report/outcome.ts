import type { OutputName } from '../config/outputs.ts';
import type { ExitCode } from '../failure.ts';
import type { EndpointPlan } from '../plan/changes.ts';
import type { Traffic } from '../spec/model.ts';

/** `superseded`: somebody else holds the endpoint or has changed it, and nothing of theirs was overwritten. */
export type Status = 'unchanged' | 'succeeded' | 'paused' | 'rolled-back' | 'superseded' | 'failed';

/** How one endpoint came out of an operation. */
export interface EndpointResult {
  readonly name: string;
  readonly status: Status;
  /** Absent where nobody knows: it failed after something was sent. */
  readonly changed?: boolean | undefined;
  readonly scoringUrl?: string | undefined;
  readonly swaggerUrl?: string | undefined;
  readonly provisioningState?: string | undefined;
  readonly principalId?: string | undefined;
  readonly traffic?: Traffic;
  /** What a page may show of it, where that is less. */
  readonly trafficWords?: string;
  /** As they are in Azure; absent where nobody looked. */
  readonly deployments?: readonly DeploymentResult[];
}

/** One deployment as it is in Azure, in words for people. */
export interface DeploymentResult {
  readonly name: string;
  readonly state: string;
  /** `iris:7` */
  readonly model: string | undefined;
  readonly environment: string | undefined;
  /** `Standard_DS3_v2 × 2` */
  readonly instances: string;
  /** Percent. */
  readonly traffic: number;
  /** Percent. */
  readonly mirror: number;
  readonly age: string | undefined;
}

/** More for the job summary. */
export interface Section {
  /** The endpoint that it is about. */
  readonly about: string;
  /** Harmless already. */
  readonly markdown: string;
}

/** What an operation has to say when it has ended. Each face shows it in its own way. */
export interface Outcome {
  readonly endpoints: readonly EndpointResult[];
  /** What was asked for: the command line prints it alone on standard output, a runner's log shows it. */
  readonly answer?: string;
  /** The answer is a secret: a runner's log never shows it, and only an output carries it. */
  readonly secret?: boolean;
  /** A title: the answer is the log of a container, which a runner's log shows below it. */
  readonly foreign?: string;
  readonly plans?: readonly EndpointPlan[];
  readonly sections?: readonly Section[];
  /** Outputs beyond those that follow from `endpoints`. */
  readonly outputs?: Readonly<Partial<Record<OutputName, string>>>;
  /** Errors of single endpoints; the others were worked on all the same. */
  readonly failures?: readonly unknown[];
  readonly exitCode?: ExitCode;
}
