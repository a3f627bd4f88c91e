import { describe, expect, test } from '@jest/globals';
import { readLog } from '../../../../src/azure/failure/container-log.ts';
import { classify, type Evidence } from '../../../../src/azure/failure/classify.ts';
import { FAILURE_RULES } from '../../../../src/azure/failure/rules.ts';
import { quotaNumbers } from '../../../../src/azure/failure/steps.ts';

const evidence = (
  given: Partial<Omit<Evidence, 'server' | 'storage'>> & { server?: string; storage?: string },
): Evidence => ({
  codes: given.codes ?? [],
  message: given.message ?? '',
  ...(given.size === undefined ? {} : { size: given.size }),
  server: readLog(given.server ?? ''),
  storage: readLog(given.storage ?? ''),
});

/** mslearn-azure-ml issue 30: the answer to the PUT, with a body of its own within the words. */
const QUOTA =
  'The request is invalid. · InferencingClient HttpRequest error, error detail: {"errors":{"VmSize":["Not enough quota ' +
  'available for Standard_F4s_v2 in SubscriptionId a7842ee4-aaba-4d38-8bba-c1804e31a761. Current usage/limit: 0/6. ' +
  'Additional needed: 8 Please see troubleshooting guide, available here: https://aka.ms/oe-tsg#error-outofquota"]},' +
  '"type":"https://tools.ietf.org/html/rfc7231#section-6.5.1","title":"One or more validation errors occurred.","status":400}';

const phases = (pull: string, download: string): string =>
  `Instance status:\nSystemSetup: InProgress\nUserContainerImagePull: ${pull}\nModelDownload: ${download}\nUserContainerStart: Waiting\n\nContainer events:\n`;
const PULL_FAILED = `${phases('InProgress', 'Succeeded')}Kind: Pod, Name: ImagePullFailed, Type: Warning, Message: Image pull failed, retrying.\n`;
const DOWNLOAD_FAILED = `${phases('Succeeded', 'InProgress')}Kind: Pod, Name: DownloadFailed, Type: Warning, Time: 2025-10-16T11:51:39.965418Z, Message: Model download failed, retrying. Please check storage-initializer log for detail.\n`;
const CRASHED = 'ResourceNotReady: User container has crashed or terminated';
const PROBE_EVENT =
  'Kind: Pod, Name: ReadinessProbeFailed, Type: Warning, Time: 2024-09-18T04:37:37.264146Z, Message: Readiness probe failed: HTTP probe failed with statuscode: 502\n';
const IMPORT_ERROR =
  'Traceback (most recent call last):\n  File "/var/azureml-app/src/score.py", line 4, in <module>\n    import xgboost\nModuleNotFoundError: No module named \'xgboost\'\n';

describe('what Azure and the logs say, and the class of it', () => {
  test.each<[string, Parameters<typeof evidence>[0], string, RegExp]>([
    ['quota', { message: QUOTA }, 'quota', /Standard_F4s_v2 needs 8 more cores; 6 of 6 are free. Ask for a limit of 8/],
    ['quota without numbers', { codes: ['OutOfQuota'] }, 'quota', /Ask for more quota/],
    [
      'region',
      { message: 'OutOfQuota: Due to a lack of Azure Machine Learning capacity in the region, the service failed' },
      'region capacity',
      /another `instance_type`/,
    ],
    [
      'cluster without room',
      { message: 'OutOfQuota: Kubernetes unschedulable. Details:0/1 nodes are available: 1 Too many pods' },
      'cluster capacity',
      /No node/,
    ],
    [
      'build log in a blob store',
      {
        codes: ['ImageBuildFailure'],
        message:
          'The build log is available in the workspace blob store "stor" under the path "/azureml/ImageLogs/id/build.log"',
      },
      'image build',
      /build log at stor\/azureml\/ImageLogs\/id\/build\.log,/,
    ],
    [
      'build log in a container',
      {
        message:
          "ImageBuildFailure: see the build log under the storage account 'stor' in the container 'logs' at the path 'a/b.log'",
      },
      'image build',
      /build log at stor\/logs\/a\/b\.log,/,
    ],
    [
      'build log at an address, without its signature',
      {
        message:
          'Image build failed. Build log: https://acr.blob.core.windows.net/c/logs/cb9u/rawtext.log?sv=1&sig=SECRET',
      },
      'image build',
      /^((?!SECRET).)*rawtext\.log, ((?!SECRET).)*$/,
    ],
    [
      'an image that never came',
      {
        message:
          'ResourceNotFound: Deployment failed due to timeout while waiting for Environment Image to become available. Check Environment Build Log',
      },
      'image build',
      /build log/,
    ],
    [
      'keys of the registry',
      { message: 'ImageBuildFailure: container registry authorization failure' },
      'image build',
      /sync-keys/,
    ],
    [
      'private registry',
      { message: "failed to communicate with the workspace's container registry" },
      'image build',
      /compute that builds images/,
    ],
    ['secrets', { codes: ['SecretsInjectionError'] }, 'secret injection', /Key Vault Secrets User/],
    [
      'secrets of a connection',
      { codes: ['UserError'], message: 'Access denied to list workspace secret due to invalid authentication.' },
      'secret injection',
      /Connection Secrets Reader/,
    ],
    [
      'pull permission',
      { message: 'BadArgument: Endpoint identity does not have pull permission on the registry.' },
      'registry pull',
      /AcrPull/,
    ],
    [
      'pull permission in the log',
      { message: CRASHED, server: `${PULL_FAILED}exchange refresh token failed: {"code":"UNAUTHORIZED"}` },
      'registry pull',
      /AcrPull/,
    ],
    [
      'storage permission in the log',
      { message: CRASHED, server: DOWNLOAD_FAILED, storage: 'ErrorCode:AuthorizationPermissionMismatch' },
      'model download',
      /Storage Blob Data Reader/,
    ],
    ['pull', { message: CRASHED, server: PULL_FAILED }, 'registry pull', /image exists/],
    ['pull in a cluster', { codes: ['ImagePullLoopBackOff'] }, 'registry pull', /image exists/],
    [
      'model',
      { message: 'ResourceNotFound: Unable to download user model/code artifacts, storage blob container x' },
      'model download',
      /storage initializer/,
    ],
    ['model in the log', { message: CRASHED, server: DOWNLOAD_FAILED }, 'model download', /storage initializer/],
    [
      'a start-up task without a role',
      { message: 'BadArgument: available here: https://aka.ms/oe-tsg#authorization-error' },
      'identity',
      /Storage Blob Data Reader.*AcrPull/,
    ],
    [
      'memory of a machine',
      { codes: ['OutOfQuota'], message: 'Container terminated due to insufficient memory.' },
      'memory',
      /more memory/,
    ],
    ['memory', { codes: ['BadRequest', 'PodOutOfMemory'] }, 'memory', /more memory/],
    [
      'liveness',
      { message: `${CRASHED}: Liveness probe failed: HTTP probe failed with statuscode: 502.` },
      'probe',
      /initial_delay/,
    ],
    ['probes in the events', { message: CRASHED, server: PROBE_EVENT.repeat(30) }, 'probe', /initial_delay/],
    [
      'probe of a container that crashed',
      { message: `${CRASHED}: Liveness probe failed`, server: `${PROBE_EVENT}${IMPORT_ERROR}` },
      'start-up',
      /package of `xgboost`/,
    ],
    ['crash without a log', { message: CRASHED }, 'start-up', /wrote no log/],
    ['crash with a log', { codes: ['ResourceNotReady'], server: 'starting' }, 'start-up', /Look for the cause/],
    [
      'crash in init',
      { codes: ['UserScriptInitFailed'], server: IMPORT_ERROR.replace(/Module.*/, 'ValueError: x') },
      'start-up',
      /the exception/,
    ],
    [
      'flask',
      {
        message: CRASHED,
        server: IMPORT_ERROR.replace(/Module.*/, 'TypeError: register() takes 3 positional arguments but 4 were given'),
      },
      'start-up',
      /azureml-inference-server-http/,
    ],
    ['no run()', { codes: ['UserScriptFunctionNotFound'] }, 'start-up', /`run\(\)`/],
    ['network', { message: 'WorkspaceManagedNetworkNotReady: not yet' }, 'network', /provision-network/],
    [
      'cluster',
      {
        codes: ['BadRequest', 'KubernetesUnaccessible'],
        message: 'The request is invalid. · Kubernetes error: AuthenticationException. Reason: InvalidCertificate',
      },
      'cluster',
      /certificate/,
    ],
    ['cancelled', { codes: ['OperationCanceled'] }, 'cancelled', /Wait a minute/],
    ['500', { codes: ['ServiceError'], message: 'Received 500 from a service request' }, 'service', /request id/],
    [
      'internal',
      { message: 'InternalServerError: https://aka.ms/oe-tsg#error-internalservererror' },
      'service',
      /request id/,
    ],
    [
      'slow',
      { message: 'The Managed Inference service creation is taking longer than our normal time' },
      'service',
      /run again/,
    ],
    ['not found', { codes: ['ResourceNotFound'] }, 'missing resource', /is there/],
    [
      'argument',
      { codes: ['BadArgument'], message: 'BadArgument: whatever' },
      'bad argument',
      /Fix what Azure rejected/,
    ],
    [
      'only the address of the guide',
      { message: 'See https://aka.ms/oe-tsg#error-badargument' },
      'bad argument',
      /Fix what Azure rejected/,
    ],
    [
      'the size that was asked for',
      { codes: ['BadRequest'], message: "We do not know 'standard_ds1_v2' here.", size: 'Standard_DS1_v2' },
      'bad argument',
      /SKU list/,
    ],
    [
      'the field of the size',
      { codes: ['BadRequest'], message: 'error detail: {"errors":{"VmSize":["We do not take it"]}}' },
      'bad argument',
      /another|SKU list/,
    ],
    ['only a log', { server: IMPORT_ERROR }, 'start-up', /xgboost/],
  ])('%s', (_, given, kind, step) => {
    const classified = classify(evidence(given));
    expect(classified.kind).toBe(kind);
    expect(classified.nextStep).toMatch(step);
  });

  test.each([
    ['Standard_DS1_v2', "'Standard_DS1_v2' is not taken", ['instance_type']],
    ['Standard_DS1', "'Standard_DS1_v2' is not taken", []],
    ['default', 'the default is not taken', []],
  ])('the size %s is what %s is about, or not', (size, message, keys) => {
    expect(classify(evidence({ codes: ['BadRequest'], message, size })).keys).toEqual(keys);
  });

  test('nothing known is said to be unknown, with no step made up', () => {
    expect(classify(evidence({ message: 'Teapot: short and stout' }))).toEqual({ kind: 'unknown', keys: [] });
  });

  test('the log that names the cause is the one that the class is about', () => {
    const given = {
      server: DOWNLOAD_FAILED + IMPORT_ERROR,
      storage: IMPORT_ERROR.replace(/Module.*/, 'KeyError: blob'),
    };
    expect(classify(evidence(given)).culprit).toBe('KeyError: blob');
    expect(classify(evidence({ ...given, codes: ['OutOfQuota'] })).culprit).toBeUndefined();
  });

  test('words that nobody has seen in Azure decide nothing', () => {
    expect(JSON.stringify(FAILURE_RULES)).not.toContain('[U]');
    expect(classify(evidence({ message: 'no machines left [U]' })).kind).toBe('unknown');
  });

  test('every step is one that a person can read', () => {
    for (const { step, kind } of FAILURE_RULES) {
      const text = typeof step === 'string' ? step : step(evidence({}));
      expect([kind, text.length > 20 && text.length < 330, /[.]$/.test(text)]).toEqual([kind, true, true]);
    }
  });
});

describe('the numbers of a quota', () => {
  test('are read from the sentence', () => {
    expect(quotaNumbers(QUOTA)).toEqual({ size: 'Standard_F4s_v2', usage: 0, limit: 6, needed: 8 });
  });

  test.each(['', 'Not enough quota available for X', 'Current usage/limit: 0/6. Additional needed: 8'])(
    'not from %j',
    (text) => {
      expect(quotaNumbers(text)).toBeUndefined();
    },
  );
});
