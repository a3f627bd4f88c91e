import type { ContainerLog } from './container-log.ts';

/** The numbers in Azure's refusal for want of quota. */
export interface QuotaNumbers {
  readonly size: string;
  /** Cores. */
  readonly usage: number;
  readonly limit: number;
  readonly needed: number;
}

/** Source: mslearn-azure-ml issue 30, azure-realtime-fraud-detection issue 2 (the sentence). */
export function quotaNumbers(message: string): QuotaNumbers | undefined {
  const size = /Not enough quota available for (\S+)/i.exec(message)?.[1];
  const [, usage, limit, needed] = /Current usage\/limit: (\d+)\/(\d+)\. Additional needed: (\d+)/i.exec(message) ?? [];
  if (!size || !usage || !limit || !needed) return undefined;
  return { size, usage: Number(usage), limit: Number(limit), needed: Number(needed) };
}

/** @returns what is missing in numbers, and what to do about it */
export function quotaStep(message: string): string {
  const numbers = quotaNumbers(message);
  const advice = 'choose a smaller `instance_type`, or delete deployments that have no traffic';
  if (!numbers) return `Ask for more quota, ${advice}; then run again.`;
  const { size, usage, limit, needed } = numbers;
  return (
    `${size} needs ${needed} more cores; ${Math.max(0, limit - usage)} of ${limit} are free. ` +
    `Ask for a limit of ${usage + needed}, ${advice}; then run again.`
  );
}

/** The places where Azure says that the log of the build is; source: Microsoft Learn, and azure-docs pull request 91296. */
const BUILD_LOGS: readonly RegExp[] = [
  /storage account '\[?(?<account>[^'\]]+)\]?' in the container '\[?(?<container>[^'\]]+)\]?' at the path '\[?(?<path>[^'\]]+)/i,
  /blob store "(?<account>[^"]+)" under the path "(?<path>[^"]+)"/i,
  /build log: (?<address>https:\/\/[^\s?"']+)/i,
];

export function buildLogStep(message: string): string {
  const place = BUILD_LOGS.map((words) => words.exec(message)?.groups).find((groups) => groups !== undefined);
  if (!place) return "Read the build log in the workspace's storage account, fix the environment and run again.";
  const where =
    place['address'] ??
    [place['account'], place['container'], place['path']?.replace(/^\/+/, '')].filter(Boolean).join('/');
  return `Read the build log at ${where}, fix the environment and run again.`;
}

/** @param log of the storage initializer, where Azure Storage says with a code of its own that a role is missing */
export function downloadStep({ lines }: ContainerLog): string {
  if (lines.some((line) => line.includes('AuthorizationPermissionMismatch'))) {
    return (
      'Give the identity of the endpoint (output `principal-id`) the role "Storage Blob Data Reader" on the storage account ' +
      'of the model. Role assignments take a few minutes to take effect; wait, then run again.'
    );
  }
  return 'Read the log of the storage initializer: the model or the code is not where the deployment says, or not readable.';
}

/** What to do about a container that does not start, by the exception in its log. */
export function startUpStep({ exception, lines }: ContainerLog): string {
  if (lines.length === 0) {
    return 'The container wrote no log, so it probably never started: run its image on your own machine to see why.';
  }
  const words = exception?.words;
  if (words === undefined) return 'Look for the cause in the log of the container, fix it and run again.';
  const module = /^ModuleNotFoundError: No module named '([^']+)'/.exec(words)?.[1];
  if (module)
    return `Add the package of \`${module}\` to the environment, or the file to the code folder, and run again.`;
  if (/^TypeError: register\(\) takes 3 positional arguments but 4 were given/.test(words)) {
    return 'This Flask version is incompatible with the inference server: use a current `azureml-inference-server-http`, and run again.';
  }
  return 'Fix what the exception names and run again.';
}
