import fc from 'fast-check';
import { anyDeployment, type DeploymentYaml, LOCAL_FILES } from '../../__tests__/support/deployment-yaml.ts';

/** A file for both readers. */
export interface Case {
  readonly name: string;
  readonly kind: 'endpoint' | 'deployment';
  /** Where it is staged, from the folder of all cases. */
  readonly path: string;
  /** As its author wrote it, with placeholders. */
  readonly text: string;
  /** As the SDK gets it: it knows no placeholders. */
  readonly replaced: string;
  readonly env: Readonly<Record<string, string>>;
  readonly endpoint: string;
  /** What `az ml` is given as flags. */
  readonly flags: Readonly<Record<string, string>>;
  /** Local files that the deployment names, by their path from the folder of all cases. */
  readonly files: Readonly<Record<string, string>>;
}

const GENERATED = 100;
/** The same files in each run. */
const SEED = 20260704;

/** Deployments of any shape that the SDK knows. */
export function generatedCases(): { readonly cases: readonly Case[]; readonly contents: readonly DeploymentYaml[] } {
  const contents = fc.sample(anyDeployment, { seed: SEED, numRuns: GENERATED });
  return { cases: contents.map((content, index) => caseOf(`generated ${index}`, content)), contents };
}

/** A case of a map, or of a text that is to be taken as it is. */
export function caseOf(name: string, content: DeploymentYaml | string, kind: Case['kind'] = 'deployment'): Case {
  const text = typeof content === 'string' ? content : JSON.stringify(content, undefined, 2);
  const folder = `${kind}-${name}`.replaceAll(/\W+/g, '-');
  const files = Object.entries(LOCAL_FILES).map(([path, local]) => [`${folder}/${path}`, local]);
  return {
    name,
    kind,
    path: `${folder}/${kind}.yml`,
    text,
    replaced: text,
    env: {},
    endpoint: 'iris',
    flags: {},
    files: Object.fromEntries(files) as Record<string, string>,
  };
}
