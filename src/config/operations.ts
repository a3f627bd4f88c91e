/** Every operation, in the order of an endpoint's life. The same words are sub-commands of the command line. */
export const OPERATIONS = {
  validate: 'Read the YAML offline and report every fault with file, line and column',
  plan: 'Compare the YAML with Azure, field by field; change nothing',
  create: 'Make the endpoint from its YAML; an error if it is there already',
  update: 'Bring the live endpoint to its YAML at once; an error if it is not there',
  apply: 'Create or update the endpoint and its deployments; send nothing when nothing differs',
  deploy: 'Create or update deployments from their YAML; a new one gets no traffic',
  rollout: "Move traffic to the YAML's split step by step; roll back on failure, resume if interrupted",
  promote: "Apply a rollout's target split at once, without gates",
  rollback: 'Restore the split from before a rollout',
  show: 'Show the state of an endpoint and its deployments',
  list: 'List the endpoints of the workspace',
  url: 'Print the scoring URL',
  token: 'Print the key or token that callers send (in a workflow: a masked output)',
  invoke: 'Send a request file to the endpoint, or to one deployment, and check the answer',
  logs: "Print the end of the log of a deployment's container",
  'regenerate-keys': 'Rotate the primary or secondary key',
  delete: 'Delete the endpoint with its deployments, or one deployment, and wait until it is gone',
} as const;

export type Operation = keyof typeof OPERATIONS;

export function isOperation(word: string): word is Operation {
  return Object.hasOwn(OPERATIONS, word);
}
