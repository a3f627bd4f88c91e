import type { Position } from '../../deps.ts';
import type { JsonObject } from '../../json.ts';
import type { EndpointSpec } from '../model.ts';

/** One deployment as its YAML file describes it. What the file does not name is absent, which means "leave it". */
export interface DeploymentSpec {
  /** In lower case, as it is sent. */
  readonly name: string;
  /** Name of its endpoint, in lower case. */
  readonly endpoint: string;
  /** The file it was read from, as the user would write it. */
  readonly file: string;
  readonly kind: EndpointSpec['kind'];
  /**
   * What the YAML names, in ARM's words and at ARM's places (`tags`, `sku.capacity`, `properties.livenessProbe.period`),
   * without the ids of model, code and environment. A tag of `null` is to be removed.
   */
  readonly body: JsonObject;
  readonly model?: Asset<ModelSource>;
  readonly code?: Asset<CodeSource>;
  readonly environment?: Asset<EnvironmentSource>;
  /** The data asset that each collection of `data_collector` is written to, by the name of the collection. */
  readonly collected?: Readonly<Record<string, Asset<DataSource>>>;
  /** Where each key stands, by its path in the YAML's own words: `model`, `liveness_probe.period`. */
  readonly positions: ReadonlyMap<string, Position>;
  /** Where each single value stands, by the same paths; absent where only the keys are known. */
  readonly values?: ReadonlyMap<string, Position>;
  /** Paths whose value came from a placeholder, with the text that may be shown instead. */
  readonly placeholders: ReadonlyMap<string, string>;
  /** The values of the placeholders at those paths: what equals one, or has one in it, is not to be shown. */
  readonly secrets?: ReadonlyMap<string, readonly string[]>;
}

/** A model, code or environment: something that Azure has, or something that is to be made of what the file says. */
export type Asset<Source> = AssetReference | { readonly how: 'inline'; readonly source: Source };

export type AssetReference =
  /** `azureml:name:version` */
  | { readonly how: 'version'; readonly name: string; readonly version: string }
  /** `azureml:name@latest`: the newest version, found out when it is needed. */
  | { readonly how: 'latest'; readonly name: string }
  /** An ARM id, `azureml://registries/…` or a curated environment (`azureml:AzureML-…`), in the spelling that is sent. */
  | { readonly how: 'id'; readonly id: string };

/** Where the content of an asset is. */
export type Content =
  /** A file or folder, as the user would write it from the working directory. */
  | (Shown & { readonly local: string })
  /** `azureml://…`, `https://…`, `runs:/…`: already where Azure finds it. */
  | (Shown & { readonly uri: string });

/** What came from placeholders. */
interface Shown {
  /** The text as it was written, with the placeholders, which is what people may see. */
  readonly shown?: string;
}

interface Described {
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly properties?: Readonly<Record<string, string>>;
}

export interface ModelSource extends Described {
  /** Absent for a model that only this deployment uses; its name then comes from its content. */
  readonly name?: string;
  readonly version?: string;
  /** In ARM's spelling, which is the YAML's. */
  readonly type: 'custom_model' | 'mlflow_model' | 'triton_model';
  readonly content: Content;
}

export interface CodeSource {
  readonly content: Content;
}

export interface EnvironmentSource extends Described {
  /** Absent for an environment that only this deployment uses; its name then comes from its content. */
  readonly name?: string;
  readonly version?: string;
  readonly image?: string;
  /** The image with its placeholders, where it has any. */
  readonly shownImage?: string;
  /** The conda specification as the user's file or map has it. */
  readonly conda?: JsonObject;
  readonly build?: {
    readonly content: Content;
    readonly dockerfilePath?: string;
    /** That path with its placeholders, where it has any. */
    readonly shownDockerfilePath?: string;
  };
  /** In ARM's words: `{livenessRoute: {path, port}, readinessRoute, scoringRoute}`. */
  readonly inferenceConfig?: JsonObject;
  readonly osType?: 'Linux' | 'Windows';
}

/** A data asset that is a folder, registered so that what is collected can be found. */
export interface DataSource extends Shown {
  readonly name: string;
  readonly version: string;
  /** `azureml://datastores/…` */
  readonly uri: string;
  /** Whether the file has it; else it is that of az ml. */
  readonly isWritten: boolean;
}
