import type { JsonObject } from './http.ts';

/** How far the containers of a deployment got before it failed; their logs follow from it. */
type Reached = 'nothing' | 'image pull' | 'model download' | 'start' | 'probes';

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly reached: Reached;
}

const guide = 'Please see troubleshooting guide, available here: https://aka.ms/oe-tsg';

/**
 * What Azure says when a deployment fails. The codes are those of the docs (how-to-troubleshoot-online-endpoints); a
 * message without [U] at its end is quoted in public, as `docs/emulator.md` tells. The last nine befall Kubernetes only.
 */
const failures = {
  quota: {
    code: 'OutOfQuota',
    message:
      'Not enough subscription CPU quota. The amount of CPU quota requested is 32 and your maximum amount of quota is ' +
      `[N/A]. ${guide}#error-outofquota`,
    reached: 'nothing',
  },
  'region-capacity': {
    code: 'OutOfQuota',
    message:
      'Due to a lack of Azure Machine Learning capacity in the region, the service failed to provision the specified VM ' +
      'size. Retry later or try deploying to a different region. [U]',
    reached: 'nothing',
  },
  memory: {
    code: 'OutOfQuota',
    message: `Container terminated due to insufficient memory. ${guide}#error-outofquota`,
    reached: 'start',
  },
  'image-build': {
    code: 'ImageBuildFailure',
    message:
      "Image build failed. More details can be found in the build log under the storage account 'emulator' in the " +
      "container 'azureml' at the path 'ImageLogs/00000000-0000-0000-0000-000000000000/build.log'. [U]",
    reached: 'nothing',
  },
  'bad-argument': {
    code: 'BadArgument',
    message: `Invalid template function specification. ${guide}#error-badargument [U]`,
    reached: 'nothing',
  },
  'start-up': {
    code: 'ResourceNotReady',
    message: `User container has crashed or terminated. ${guide}#error-resourcenotready`,
    reached: 'start',
  },
  probe: {
    code: 'ResourceNotReady',
    message: `User container has crashed or terminated. ${guide}#error-resourcenotready`,
    reached: 'probes',
  },
  'registry-pull': {
    code: 'BadArgument',
    message:
      'Endpoint identity does not have pull permission on the registry. For System Assigned Identity case and workspace ' +
      'ACR, platform will wire up the permissions but if user is creating deployment with User Assigned Identity or if ' +
      'using non-workspace ACR, then User should grant pull permissions to identity on the registry. ' +
      `${guide}#authorization-error`,
    reached: 'image pull',
  },
  'image-not-found': {
    code: 'BadArgument',
    message: `Unable to download user container image. ${guide}#unable-to-download-user-container-image [U]`,
    reached: 'image pull',
  },
  identity: {
    code: 'BadArgument',
    message: `Startup task failed due to authorization error. ${guide}#authorization-error [U]`,
    reached: 'nothing',
  },
  'secret-injection': {
    code: 'SecretsInjectionError',
    message:
      "Access denied to list workspace secret. Please assign RBAC role 'AzureML Data Scientist' to the endpoint identity " +
      'and wait for a few minutes. [U]',
    reached: 'nothing',
  },
  'model-download': {
    code: 'BadArgument',
    message: `Unable to download user model. ${guide}#unable-to-download-user-model [U]`,
    reached: 'model download',
  },
  'managed-network': {
    code: 'WorkspaceManagedNetworkNotReady',
    message: 'The managed virtual network of the workspace is not provisioned. [U]',
    reached: 'nothing',
  },
  'kubernetes-quota': {
    code: 'OutOfQuota',
    message: 'Kubernetes unschedulable. Details:0/1 nodes are available: 1 Too many pods. [U]',
    reached: 'nothing',
  },
  'image-pull-loop': {
    code: 'ImagePullLoopBackOff',
    message: 'The image of the user container could not be pulled. [U]',
    reached: 'image pull',
  },
  'crash-loop': {
    code: 'DeploymentCrashLoopBackOff',
    message: 'The user container crashed while it was initializing. [U]',
    reached: 'start',
  },
  'script-init': { code: 'UserScriptInitFailed', message: 'init() of score.py failed. [U]', reached: 'start' },
  'script-import': { code: 'UserScriptImportError', message: 'An import in score.py failed. [U]', reached: 'start' },
  'script-function': {
    code: 'UserScriptFunctionNotFound',
    message: 'score.py lacks a function. [U]',
    reached: 'start',
  },
  'acr-secret': {
    code: 'ACRSecretError',
    message: 'The secret of the registry could not be made. [U]',
    reached: 'nothing',
  },
  unschedulable: { code: 'PodUnschedulable', message: 'The pod cannot be scheduled. [U]', reached: 'nothing' },
  'pod-memory': { code: 'PodOutOfMemory', message: 'The pod was terminated, out of memory. [U]', reached: 'start' },
} satisfies Readonly<Record<string, Failure>>;

export type FailureName = keyof typeof failures;

export const failureNames = Object.keys(failures) as readonly FailureName[];

/** What becomes of the containers of a deployment. Without a failure they serve. */
export interface Story {
  readonly failure: FailureName | undefined;
  /** Lines that the user's own code writes. */
  readonly log: readonly string[];
}

/** What a fault orders for the deployment that a request writes: the name of a failure, or more than that. */
export type DeploymentFault =
  | FailureName
  | {
      readonly failure?: FailureName;
      /** Instead of the failure's own `error`. */
      readonly error?: JsonObject;
      /** Lines in the log of the container, as the user's own code would write them. */
      readonly log?: readonly string[];
    };

/** The `error` of the operation that makes the deployment. */
export function errorOf(name: FailureName): JsonObject {
  const { code, message } = failures[name];
  return { code, message, details: [], additionalInfo: [] };
}

export function reachedBy({ failure }: Story): Reached | 'ready' {
  return failure === undefined ? 'ready' : failures[failure].reached;
}
