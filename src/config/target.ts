import type { Env } from '../deps.ts';
import { type Cloud, CLOUDS, type CloudName } from './cloud.ts';
import type { AzureTarget } from './config.ts';
import type { InputReader } from './read.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * API versions whose models have no `mirrorTraffic`: a write through them ends mirroring without a word.
 * Source: azure-rest-api-specs, machinelearningservices, `2022-05-01` and `2022-10-01`.
 */
const LOSSY_API_VERSIONS = ['2022-05-01', '2022-10-01'];

export function readTarget(inputs: InputReader, env: Env): AzureTarget {
  const subscriptionId = inputs.required('subscription-id');
  if (subscriptionId && !GUID.test(subscriptionId))
    inputs.fault('subscription-id', 'is not a subscription id (a GUID)');
  const tenantId = inputs.text('tenant-id') || undefined;
  const clientId = inputs.text('client-id') || undefined;
  if (env['AZURE_CLIENT_SECRET']) {
    const needed = { 'tenant-id': tenantId, 'client-id': clientId } as const;
    for (const name of ['tenant-id', 'client-id'] as const) {
      if (!needed[name]) inputs.fault(name, 'is missing; AZURE_CLIENT_SECRET is set and needs it');
    }
  }
  checkProxies(inputs, env);
  return {
    subscriptionId,
    resourceGroup: readName(inputs, 'resource-group'),
    workspaceName: readName(inputs, 'workspace-name'),
    tenantId,
    clientId,
    cloud: readCloud(inputs, env),
    apiVersion: readApiVersion(inputs),
  };
}

/** The variables that the HTTP pipeline reads; it takes a faulty one for a fault of its own. */
function checkProxies(inputs: InputReader, env: Env): void {
  for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY']) {
    const value = env[name] ?? env[name.toLowerCase()];
    // The value may hold a password, so it is not repeated.
    if (value && !isProxy(value)) {
      inputs.faults.push({ message: `${name} is not a URL such as http://proxy.example.org:8080` });
    }
  }
}

function isProxy(value: string): boolean {
  try {
    const { protocol, username, password } = new URL(value);
    decodeURIComponent(username + password);
    return protocol === 'http:' || protocol === 'https:';
  } catch {
    return false;
  }
}

/** A dot or two would be a step in the path of every request. */
function readName(inputs: InputReader, input: 'resource-group' | 'workspace-name'): string {
  const name = inputs.required(input);
  if (/^\.{1,2}$/.test(name)) inputs.fault(input, `is "${name}", which is no name`);
  return name;
}

function readCloud(inputs: InputReader, env: Env): Cloud {
  const name = inputs.oneOf('cloud', Object.keys(CLOUDS) as CloudName[]);
  const known = CLOUDS[name];
  const authority = env['AZURE_AUTHORITY_HOST']?.trim();
  const resourceManager = inputs.text('resource-manager-endpoint');
  if (authority && !isHttps(authority)) {
    inputs.faults.push({ message: `AZURE_AUTHORITY_HOST is "${authority}"; allowed: an https URL` });
  }
  if (resourceManager && !isHttps(resourceManager)) {
    inputs.fault('resource-manager-endpoint', `is "${resourceManager}"; allowed: an https URL`);
  }
  return {
    ...known,
    name,
    authority: withoutSlash(authority || known.authority),
    // `azure/login` exports the authority of a known cloud too; only a foreign one is the user's own.
    ownAuthority: Boolean(authority) && !isKnownAuthority(withoutSlash(authority!)),
    resourceManager: withoutSlash(resourceManager || known.resourceManager),
  };
}

function readApiVersion(inputs: InputReader): string {
  const version = inputs.text('api-version');
  if (!/^\d{4}-\d{2}-\d{2}(-preview)?$/.test(version)) {
    inputs.fault('api-version', `is "${version}"; allowed: a date such as 2024-10-01, or 2025-01-01-preview`);
  } else if (LOSSY_API_VERSIONS.includes(version)) {
    inputs.fault('api-version', `is "${version}", which loses mirror_traffic on every write; use 2023-04-01 or later`);
  }
  return version;
}

function isKnownAuthority(authority: string): boolean {
  return Object.values(CLOUDS).some((cloud) => cloud.authority === authority.toLowerCase());
}

function isHttps(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:';
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
