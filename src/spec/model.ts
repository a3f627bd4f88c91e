import type { Env, Position } from '../deps.ts';

/** Deployment name (lower case) → percent. Integers; a weight of 0 is the same as no entry. */
export type Traffic = Readonly<Record<string, number>>;

/** How callers of an endpoint prove who they are, in ARM's spelling. */
export type AuthMode = 'Key' | 'AMLToken' | 'AADToken';

export interface Identity {
  readonly type: 'SystemAssigned' | 'UserAssigned' | 'SystemAssigned,UserAssigned' | 'None';
  /** ARM ids of user-assigned identities, as written. */
  readonly userAssigned: readonly string[];
}

/**
 * One endpoint as its YAML file describes it. A key that the file does not name is absent here, which means
 * "leave it as it is", never "empty it".
 */
export interface EndpointSpec {
  /** In lower case, as it is sent. */
  readonly name: string;
  /** The file it was read from, as the user would write it. */
  readonly file: string;
  readonly kind: 'managed' | 'kubernetes';
  readonly description?: string;
  /** `null` removes the tag. */
  readonly tags?: Readonly<Record<string, string | null>>;
  readonly properties?: Readonly<Record<string, string>>;
  readonly authMode?: AuthMode;
  readonly identity?: Identity;
  readonly traffic?: Traffic;
  readonly mirrorTraffic?: Traffic;
  readonly publicNetworkAccess?: 'Enabled' | 'Disabled';
  /** The Kubernetes compute: a name, or a whole ARM id. */
  readonly compute?: string;
  /** Where each key stands, by its path in the YAML's own words: `traffic`, `traffic.blue`, `tags.owner`. */
  readonly positions: ReadonlyMap<string, Position>;
  /**
   * Paths whose value came from a placeholder, with the text that may be shown instead (`${{ env.OWNER }}`).
   * Plans, logs and comments show this text, never the value.
   */
  readonly placeholders: ReadonlyMap<string, string>;
  /** Paths whose deployment is named by a placeholder, with the path that may be shown instead. */
  readonly names: ReadonlyMap<string, string>;
}

/** One `set` override: `traffic.blue=90`. */
export interface Override {
  /** As written before the first `=`. */
  readonly path: string;
  /** As written after it; typed like a plain YAML scalar, or a flow collection such as `{}`. */
  readonly value: string;
}

/** What to read, and what stands in for the file's own values. */
export interface SpecRequest {
  /** The folder with one YAML an endpoint. */
  readonly folder: string;
  /** Names or globs over the folder; `['*']` is all of them. */
  readonly select: readonly string[];
  /** Overrides need exactly one endpoint. */
  readonly overrides: readonly Override[];
  /** Where placeholders find their values. */
  readonly env: Env;
}
