import type { Evidence } from './classify.ts';
import { CLUSTER_RULES } from './cluster-rules.ts';
import { buildLogStep, downloadStep, quotaStep, startUpStep } from './steps.ts';

export type FailureKind =
  | 'region capacity'
  | 'cluster capacity'
  | 'quota'
  | 'image build'
  | 'secret injection'
  | 'identity'
  | 'registry pull'
  | 'model download'
  | 'memory'
  | 'probe'
  | 'start-up'
  | 'network'
  | 'cluster'
  | 'cancelled'
  | 'service'
  | 'missing resource'
  | 'bad argument'
  | 'unknown';

/** A class of failure, how it is known, and what to do. It holds when one of its codes, its words or its `when` does. */
export interface FailureRule {
  readonly kind: FailureKind;
  readonly codes?: readonly string[];
  /** Words of Azure's message that were seen in the wild or stand in Azure's guide. */
  readonly words?: RegExp;
  readonly when?: (evidence: Evidence) => boolean;
  readonly unless?: (evidence: Evidence) => boolean;
  readonly step: string | ((evidence: Evidence) => string);
  /** Keys of the YAML that it is about. */
  readonly keys?: readonly string[];
  /** Which log can name the cause; `server` unless told. */
  readonly log?: 'server' | 'storage' | 'none';
}

const ROLES_TAKE_TIME = 'Role assignments take a few minutes to take effect; wait, then run again.';

/**
 * From what is special to what is general; the first that holds is it.
 * Source unless noted: Microsoft Learn, "Troubleshoot online endpoint deployment" (codes, and the words in quotation
 * marks there).
 */
export const FAILURE_RULES: readonly FailureRule[] = [
  ...CLUSTER_RULES,
  {
    kind: 'region capacity',
    // Azure Resource Manager, "Resolve errors for SKU not available"; Virtual Machines, "Troubleshoot allocation failures".
    codes: ['SkuNotAvailable', 'AllocationFailed', 'ZonalAllocationFailed'],
    words: /lack of Azure Machine Learning capacity|capacity restrictions/i,
    step: 'Azure has no machines of this size left in the region: run again later, or choose another `instance_type`.',
    keys: ['instance_type'],
    log: 'none',
  },
  {
    kind: 'memory',
    codes: ['PodOutOfMemory'],
    // Azure gives it the code OutOfQuota too (Microsoft Learn, "Memory quota").
    words: /insufficient memory|\bOOMKilled\b/i,
    when: ({ server }) => says(server, /\bOOMKilled\b/),
    step: 'The container needs more memory: choose a larger `instance_type`, or a higher limit in `resources`.',
    keys: ['resources', 'instance_type'],
    log: 'none',
  },
  {
    kind: 'quota',
    codes: ['OutOfQuota'],
    // mslearn-azure-ml issue 30, mlops-v2 issue 124.
    words: /Not enough (subscription CPU )?quota/i,
    step: ({ message }) => quotaStep(message),
    keys: ['instance_type', 'instance_count'],
    log: 'none',
  },
  {
    kind: 'image build',
    words: /container registry authorization failure/i,
    step: "The workspace's keys for its registry are out of date: run `az ml workspace sync-keys`, then run again.",
    keys: ['environment'],
    log: 'none',
  },
  {
    kind: 'image build',
    words: /failed to communicate with the workspace's container registry/i,
    step: 'The registry is private: give the workspace a compute that builds images (`image_build_compute`), then run again.',
    keys: ['environment'],
    log: 'none',
  },
  {
    kind: 'image build',
    codes: ['ImageBuildFailure'],
    // data-product-analytics issue 137 (the image that does not come), azure-sdk-for-python issue 39535.
    words: /waiting for Environment Image|image build failed/i,
    step: ({ message }) => buildLogStep(message),
    keys: ['environment'],
    log: 'none',
  },
  {
    kind: 'secret injection',
    codes: ['SecretsInjectionError'],
    // llmops-gha-demo issue 7.
    words: /Access denied to list workspace secret/i,
    step:
      'Give the identity of the endpoint (output `principal-id`) the role "Azure Machine Learning Workspace Connection ' +
      `Secrets Reader", or "Key Vault Secrets User" for a key vault, and check that the secrets exist. ${ROLES_TAKE_TIME}`,
    keys: ['environment_variables'],
    log: 'none',
  },
  {
    kind: 'registry pull',
    words: /does not have pull permission on the registry/i,
    when: ({ server }) =>
      stuckIn(server, 'UserContainerImagePull') && says(server, /authentication required|UNAUTHORIZED/),
    step:
      'Give the identity of the endpoint (output `principal-id`) the role "AcrPull": az role assignment create ' +
      '--assignee-object-id PRINCIPAL_ID --assignee-principal-type ServicePrincipal --role AcrPull --scope ' +
      `REGISTRY_ID. ${ROLES_TAKE_TIME}`,
    keys: ['environment'],
    log: 'none',
  },
  {
    kind: 'registry pull',
    codes: ['ImagePullLoopBackOff', 'ACRAuthenticationChallengeFailed'],
    words: /Unable to download user container image/i,
    when: ({ server }) => stuckIn(server, 'UserContainerImagePull') && says(server, /Name: ImagePullFailed/),
    step: 'Check that the image exists under exactly this tag and that Azure reaches its registry, then run again.',
    keys: ['environment'],
    log: 'none',
  },
  {
    kind: 'identity',
    // The same guide stands behind the missing permission to pull, which has a rule of its own above.
    words: /authorization error|#authorization-error/i,
    step:
      'Give the identity of the endpoint (output `principal-id`) the roles "Storage Blob Data Reader" on the storage account ' +
      `and "AcrPull" on the registry of the workspace. ${ROLES_TAKE_TIME}`,
    log: 'none',
  },
  {
    kind: 'model download',
    // azure-docs issue 120727.
    words: /Unable to download user model/i,
    when: ({ server }) => stuckIn(server, 'ModelDownload') && says(server, /Name: DownloadFailed/),
    step: ({ storage }) => downloadStep(storage),
    keys: ['model', 'code_configuration'],
    log: 'storage',
  },
  {
    kind: 'probe',
    // mlops-v2 issue 120, mslearn-azure-ml issue 100.
    words: /(Liveness|Readiness|Startup) probe failed/i,
    when: ({ server, message }) =>
      /ResourceNotReady/.test(message) && says(server, /(Liveness|Readiness|Startup)ProbeFailed/),
    unless: ({ server }) => server.exception !== undefined,
    step:
      'The container does not answer its probe: give `liveness_probe` and `readiness_probe` more `initial_delay`, or check ' +
      'port and paths of `inference_config`.',
    keys: ['readiness_probe', 'liveness_probe', 'environment'],
  },
  {
    kind: 'start-up',
    codes: ['UserScriptFunctionNotFound'],
    step: 'The scoring script needs a function `init()` and a function `run()`: add what is missing and run again.',
    keys: ['code_configuration.scoring_script', 'code_configuration'],
  },
  {
    kind: 'start-up',
    codes: [
      'ResourceNotReady',
      'UserScriptInitFailed',
      'UserScriptImportError',
      'DeploymentCrashLoopBackOff',
      'KubernetesCrashLoopBackOff',
    ],
    words: /User container has crashed or terminated/i,
    step: ({ server }) => startUpStep(server),
    keys: ['code_configuration.scoring_script', 'code_configuration', 'environment', 'model'],
  },
  {
    kind: 'network',
    codes: ['WorkspaceManagedNetworkNotReady'],
    step: "Make the workspace's network first: `az ml workspace provision-network`, then run again.",
    log: 'none',
  },
  {
    kind: 'cancelled',
    codes: ['OperationCanceled', 'OperationCancelled'],
    step: 'Another operation took precedence. Wait a minute and run again.',
    log: 'none',
  },
  {
    kind: 'service',
    codes: ['InternalServerError'],
    // azure-sdk-for-python issues 35387 and 39772.
    words: /Received 500 from a service request|taking longer than our normal time/i,
    step: 'Azure returned a server error; run again. If it persists, give Microsoft support the request id.',
  },
  {
    kind: 'bad argument',
    // How Azure names the field: mslearn-azure-ml issue 30. Its words for a size that it does not take are not known [U], but
    // whatever they are, they will quote it.
    words: /"errors":\s*\{\s*"VmSize":/i,
    when: quotesSize,
    unless: ({ server }) => server.exception !== undefined,
    step: 'Choose an `instance_type` of the "Managed online endpoints SKU list" of Microsoft Learn, and run again.',
    keys: ['instance_type'],
    log: 'none',
  },
  {
    kind: 'missing resource',
    codes: ['ResourceNotFound', 'NotFound'],
    step: 'Check that what Azure names is there, and that the endpoint may read it, then run again.',
    keys: ['environment', 'model'],
  },
  {
    kind: 'bad argument',
    codes: ['BadArgument', 'BadRequest', 'InvalidDeploymentSpec', 'ValidateScoringFailed', 'UserError'],
    step: 'Fix what Azure rejected and run again.',
  },
  {
    kind: 'start-up',
    when: ({ server }) => server.exception !== undefined,
    step: ({ server }) => startUpStep(server),
    keys: ['code_configuration.scoring_script', 'code_configuration', 'environment', 'model'],
  },
];

/** The instance came as far as this and no further. */
function stuckIn({ phases }: Evidence['server'], phase: string): boolean {
  const state = phases.get(phase);
  return state !== undefined && state !== 'Succeeded';
}

/** Sizes are told from ordinary words by how all their names begin. */
function quotesSize({ size, message }: Evidence): boolean {
  if (size === undefined || !/^(?:standard|basic)_\w+$/i.test(size)) return false;
  return new RegExp(`(?<![\\w-])${size}(?![\\w-])`, 'i').test(message);
}

function says({ lines }: Evidence['server'], words: RegExp): boolean {
  return lines.some((line) => words.test(line));
}
