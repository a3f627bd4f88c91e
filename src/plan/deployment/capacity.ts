import type { DeploymentSpec } from '../../spec/deployment/model.ts';
import type { EndpointSpec } from '../../spec/model.ts';
import type { LiveDeployment, LiveEndpoint } from '../live.ts';
import type { DeploymentPlan } from './changes.ts';
import type { VmSize } from './cores.ts';

/** What a region says of its VM sizes. */
export interface RegionCapacity {
  /** `westeurope` */
  readonly region: string;
  /** Absent when Azure did not tell. */
  readonly sizes?: readonly VmSize[];
  /** Dedicated cores by `familyKey`; absent when Azure did not tell. */
  readonly quotas?: ReadonlyMap<string, FamilyQuota>;
}

/** In cores. */
export interface FamilyQuota {
  readonly used: number;
  /** `Infinity` where there is none. */
  readonly limit: number;
}

/** One endpoint with the deployments that are to be written. */
export interface EndpointCapacity {
  readonly name: string;
  readonly live: LiveEndpoint | undefined;
  /** Its YAML, where that is written in the same run. */
  readonly spec?: EndpointSpec | undefined;
  readonly wanted: readonly WantedDeployment[];
  /** All that the endpoint has, whether a file describes it or not. */
  readonly present: readonly LiveDeployment[];
}

export interface WantedDeployment {
  readonly spec: DeploymentSpec;
  readonly live: LiveDeployment | undefined;
  readonly plan: Pick<DeploymentPlan, 'action' | 'body'>;
}
