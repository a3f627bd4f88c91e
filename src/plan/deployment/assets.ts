/** A model, code, environment or data asset that was found or made in Azure, as a body names it and as people read it. */
export interface ResolvedAsset {
  /** ARM id, or what else Azure takes in its place (`azureml://registries/…`, `azureml:AzureML-…`). */
  readonly id: string;
  /** `iris:7 (latest)`, `./src (content 1a2b3c4d)`; what came from placeholders stands there as the placeholder. */
  readonly shown: string;
}

/** The assets that a deployment's YAML names, each resolved. */
export interface AssetIds {
  readonly model?: ResolvedAsset;
  readonly code?: ResolvedAsset;
  readonly environment?: ResolvedAsset;
  /** The data asset of each collection of `data_collector`, by the name of the collection. */
  readonly collected?: Readonly<Record<string, ResolvedAsset>>;
}

interface ParsedId {
  readonly name: string;
  /** Without one, the id has a label (`latest`), which stands for a version that only Azure knows. */
  readonly version: string | undefined;
  /** Workspace or registry; absent for `azureml:name:version`. */
  readonly home: string | undefined;
}

/** Names that nobody chose: the hash of a content, a GUID. */
const MACHINE_MADE = /^[\da-f-]{32,}$/i;

/**
 * Whether Azure's id stands for the asset that was asked for. Ids of ARM compare without case. What goes as it is written,
 * a curated environment or a label of a registry, may come back as the version that Azure took for it [U].
 */
export function sameAsset(wanted: string, live: string): boolean {
  if (plain(wanted) === plain(live)) return true;
  const [a, b] = [parse(wanted), parse(live)];
  if (!a || !b || a.name.toLowerCase() !== b.name.toLowerCase()) return false;
  if (a.home !== undefined && a.home !== b.home) return false;
  return a.version === undefined || (a.home === undefined && a.version === b.version);
}

/** `iris:7`, `sklearn-1.5@latest`; a text that is no id of an asset (a URL) stays what it is. */
export function assetName(id: string): string {
  const parsed = parse(id);
  if (!parsed) return id;
  const { name, version } = parsed;
  return version === undefined ? `${name}@latest` : `${short(name)}:${short(version)}`;
}

/** What an id says of the asset itself, not of the place that it is in. */
export function wordsOf(id: string): readonly string[] {
  const parsed = parse(id);
  return parsed ? [parsed.name, parsed.version ?? ''] : [id];
}

function short(part: string): string {
  return MACHINE_MADE.test(part) ? `${part.slice(0, 8)}…` : part;
}

function plain(id: string): string {
  return id
    .replace(/^azureml:(?=\/subscriptions\/)/i, '')
    .replace(/\/+$/, '')
    .toLowerCase();
}

function parse(id: string): ParsedId | undefined {
  const whole = /^(.+)\/(?:models|environments|codes|data)\/([^/]+)\/(versions|labels)\/([^/]+)\/?$/i.exec(id);
  if (whole) {
    const [, home = '', name = '', by = '', version] = whole;
    return { name, version: by.toLowerCase() === 'versions' ? version : undefined, home: plain(home) };
  }
  // A curated environment may go without a version.
  const [, name, version] =
    /^azureml:([^:@/]+)(?:(?::|\/versions\/)([^:@/]+)|(?:@|\/labels\/)[^:@/]+)?$/i.exec(id) ?? [];
  return name === undefined ? undefined : { name, version, home: undefined };
}
