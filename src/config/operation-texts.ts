import { inputDefinition, type InputName } from './inputs.ts';
import { ALL_WHEN_EMPTY, ONE_ENDPOINT } from './operation-groups.ts';
import type { Operation } from './operations.ts';

const SEVERAL = 'names separated by commas, globs such as iris-*, or * for all';
const NO_TRAFFIC = 'Name of the endpoint, to confirm that its live traffic may be set to nothing.';

/** What an input means to one operation, where the text for all of them would speak of others too. */
const TEXTS: Partial<Record<InputName, Partial<Record<Operation, string>>>> = {
  deployment: {
    invoke: 'Name of the deployment to call, bypassing the traffic split.',
    deploy: 'Name of the only deployment to work on.',
    logs: 'Name of the deployment whose log to show. Required where the endpoint has several.',
    delete: 'Name of the deployment to delete, instead of the endpoint with all of them.',
  },
  'request-file': {
    invoke: 'File to send as the body of the request; JSON unless its name says otherwise. Required.',
  },
  confirm: {
    update: NO_TRAFFIC,
    apply: NO_TRAFFIC,
    rollback: NO_TRAFFIC,
    delete: 'Name of the endpoint, to confirm that it may be deleted with the live traffic that it has.',
  },
};

/** The text of `--help` after an operation. */
export function descriptionFor(name: InputName, operation: Operation): string {
  if (name === 'endpoint') return endpointText(operation);
  return TEXTS[name]?.[operation] ?? inputDefinition(name).description;
}

function endpointText(operation: Operation): string {
  if (ONE_ENDPOINT.includes(operation)) return 'Name of the endpoint: exactly one. Required.';
  if (ALL_WHEN_EMPTY.includes(operation)) return `Endpoints: ${SEVERAL}. Without it: all.`;
  return `Endpoints: ${SEVERAL}. Required.`;
}
