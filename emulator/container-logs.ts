import { reachedBy } from './deployment-failures.ts';
import type { FailureName, Story } from './deployment-failures.ts';

export const containers = ['InferenceServer', 'StorageInitializer', 'ModelDataCollector'] as const;

export type Container = (typeof containers)[number];

/**
 * All lines that a container of a deployment has written since `start` (milliseconds since 1970); none when it never
 * started. Status and events are as azure-powershell's docs show them (Get-AzMLWorkspaceOnlineDeploymentLog), and those of
 * failures as quoted in mslearn-azure-ml#100; what a server or a download writes between them is [U].
 */
export function containerLog(container: Container, story: Story, start: number): string[] {
  const at = (second: number): string => new Date(start + second * 1000).toISOString();
  if (container === 'InferenceServer') return inferenceServer(story, at);
  return container === 'StorageInitializer' ? storageInitializer(story, at) : [];
}

type Clock = (second: number) => string;

function inferenceServer(story: Story, at: Clock): string[] {
  const reached = reachedBy(story);
  if (reached === 'nothing') return [];
  const [image, download, user] = progress[reached];
  return [
    'Instance status:',
    `SystemSetup: ${reached === 'ready' ? 'Succeeded' : 'InProgress'}`,
    `UserContainerImagePull: ${image}`,
    `ModelDownload: ${download}`,
    `UserContainerStart: ${user}`,
    '',
    'Container events:',
    ...events[reached](at),
    ...(user === 'Waiting' ? [] : ['', 'Container logs:', ...serverLines(story, at)]),
  ];
}

/** Image pull, model download, start of the user's container. */
const progress = {
  'image pull': ['InProgress', 'Succeeded', 'Waiting'],
  'model download': ['Succeeded', 'InProgress', 'Waiting'],
  start: ['Succeeded', 'Succeeded', 'InProgress'],
  probes: ['Succeeded', 'Succeeded', 'InProgress'],
  ready: ['Succeeded', 'Succeeded', 'Succeeded'],
} as const;

const events: Readonly<Record<keyof typeof progress, (at: Clock) => string[]>> = {
  'image pull': (at) => [
    event(at(1), 'Pulling', 'Normal', 'Start pulling container image'),
    ...[10, 20, 40].map((second) => event(at(second), 'ImagePullFailed', 'Warning', 'Image pull failed, retrying.')),
  ],
  'model download': (at) => [
    event(at(1), 'Downloading', 'Normal', 'Start downloading models'),
    ...[10, 20, 40].map((second) => event(at(second), 'DownloadFailed', 'Warning', downloadFailed)),
  ],
  start: (at) => [
    ...begun(at),
    event(at(50), 'ContainerTerminated', 'Warning', 'Container inference-server terminated with exit code 3'),
  ],
  probes: (at) => [
    ...begun(at),
    ...[60, 70, 80, 90].flatMap((second) => [
      event(at(second), 'LivenessProbeFailed', 'Warning', probeFailed('Liveness')),
      event(at(second + 7), 'ReadinessProbeFailed', 'Warning', probeFailed('Readiness')),
    ]),
  ],
  ready: (at) => [...begun(at), event(at(60), 'ContainerReady', 'Normal', 'Container is ready')],
};

const downloadFailed = 'Model download failed, retrying. Please check storage-initializer log for detail.';

function begun(at: Clock): string[] {
  return [
    event(at(1), 'Pulling', 'Normal', 'Start pulling container image'),
    event(at(1), 'Downloading', 'Normal', 'Start downloading models'),
    event(at(40), 'Pulled', 'Normal', 'Container image is pulled successfully'),
    event(at(40), 'Downloaded', 'Normal', 'Models are downloaded successfully or no model need to download'),
    event(at(41), 'Created', 'Normal', 'Created container inference-server'),
    event(at(42), 'Started', 'Normal', 'Started container inference-server'),
  ];
}

function event(time: string, name: string, type: string, message: string): string {
  return `Kind: Pod, Name: ${name}, Type: ${type}, Time: ${time}, Message: ${message}`;
}

function probeFailed(probe: string): string {
  return `${probe} probe failed: HTTP probe failed with statuscode: 502`;
}

function serverLines({ failure, log }: Story, at: Clock): string[] {
  return [
    `${at(43)} I [1] azmlinfsrv - Loaded logging config from /opt/azureml_server/logging.json`,
    `${at(44)} I [1] gunicorn.error - Starting gunicorn 20.1.0`,
    `${at(44)} I [1] gunicorn.error - Listening at: http://0.0.0.0:31311 (1)`,
    ...(failure === undefined ? [...log, ...servingLines(at)] : lastLines(failure, log, at)),
  ];
}

function servingLines(at: Clock): string[] {
  return [
    `${at(50)} I [52] azmlinfsrv.user_script - Found user script at /var/azureml-app/onlinescoring/score.py`,
    `${at(51)} I [52] azmlinfsrv.user_script - Invoking user's init function`,
    `${at(52)} I [52] azmlinfsrv.user_script - Users's init has completed successfully`,
    `${at(60)} I [52] azmlinfsrv - GET / 200 0.512ms`,
  ];
}

/**
 * What a container that fails says last: the traceback of the user's own code, or else one that goes with the failure. One
 * that fails its probes or runs out of memory has nothing to say.
 */
function lastLines(failure: FailureName, log: readonly string[], at: Clock): string[] {
  const invoking = `${at(51)} I [52] azmlinfsrv.user_script - Invoking user's init function`;
  const isTold = log.some((line) => line.startsWith('Traceback'));
  const exception = exceptions[failure];
  if (!isTold && exception === undefined) return [...log, invoking];
  return [
    ...(isTold || exception === undefined ? [invoking, ...log] : [...log, invoking, ...traceback(exception, at)]),
    `${at(53)} I [1] gunicorn.error - Worker exiting (pid: 52)`,
    `${at(53)} E [1] gunicorn.error - Worker failed to boot.`,
  ];
}

function traceback(exception: readonly string[], at: Clock): string[] {
  return [
    `${at(52)} E [52] azmlinfsrv - Traceback (most recent call last):`,
    '  File "/opt/miniconda/envs/amlenv/lib/python3.10/site-packages/azureml_inference_server_http/server/user_script.py", line 77, in invoke_init',
    '    self._user_init()',
    '  File "/var/azureml-app/onlinescoring/score.py", line 12, in init',
    ...exception,
  ];
}

const exceptions: Partial<Readonly<Record<FailureName, readonly string[]>>> = {
  'start-up': ['    model = joblib.load(path)', "ModuleNotFoundError: No module named 'sklearn'"],
  'crash-loop': ['    model = joblib.load(path)', "ModuleNotFoundError: No module named 'sklearn'"],
  'script-init': ["    path = os.environ['MODEL_DIR']", "KeyError: 'MODEL_DIR'"],
  'script-import': ['    import sklearn', "ModuleNotFoundError: No module named 'sklearn'"],
  'script-function': ['    self._user_run', 'Exception: run() is not defined in score.py'],
};

function storageInitializer(story: Story, at: Clock): string[] {
  const reached = reachedBy(story);
  if (reached === 'nothing') return [];
  const start = `${at(1)} [INFO] Downloading model to /var/azureml-app/azureml-models`;
  if (reached !== 'model download') return [start, `${at(39)} [INFO] Downloaded all of it`];
  const refusal =
    'AuthorizationPermissionMismatch: This request is not authorized to perform this operation using this permission.';
  return [start, ...[10, 20, 40].map((second) => `${at(second)} [ERROR] ${refusal}`)];
}
