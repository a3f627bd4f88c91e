import type { Endpoint, EndpointBody } from '../state.ts';
import { BodyFault } from './body-fault.ts';
import { isManaged } from './endpoint-view.ts';
import { sameName } from './path.ts';

/** An endpoint of a list, with the body that the list shows. */
export interface Listed {
  readonly endpoint: Endpoint;
  readonly body: EndpointBody;
}

const orders = ['CreatedAtDesc', 'CreatedAtAsc', 'UpdatedAtDesc', 'UpdatedAtAsc'] as const;
const computeTypes = ['Managed', 'Kubernetes', 'AzureMLCompute'] as const;

/**
 * The endpoints that a list is asked for, in the order that it is asked for; `all` has the newest first. The parameters and
 * their words are those of azure-rest-api-specs (OnlineEndpoints_List); no recording has them [U].
 */
export function selected(all: readonly Listed[], query: URLSearchParams): Listed[] {
  const name = query.get('name');
  const computeType = oneOf('computeType', computeTypes, query.get('computeType'));
  const order = oneOf('orderBy', orders, query.get('orderBy')) ?? 'CreatedAtDesc';
  const found = all.filter(({ endpoint, body }) => {
    const type = isManaged(body) ? 'Managed' : 'Kubernetes';
    return (
      (name === null || sameName(name, endpoint.name)) &&
      (computeType === undefined || computeType === type) &&
      hasAll(query.get('tags'), body.tags) &&
      hasAll(query.get('properties'), body.properties.properties)
    );
  });
  const time = order.startsWith('Created') ? 'createdAt' : 'modifiedAt';
  const oldestFirst = found.toReversed().toSorted((one, other) => one.endpoint[time] - other.endpoint[time]);
  return order.endsWith('Desc') ? oldestFirst.toReversed() : oldestFirst;
}

/** Of a list such as `owner,cost=42`: keys that must be there, some with their value. */
function hasAll(wanted: string | null, present: Readonly<Record<string, unknown>>): boolean {
  const pairs = (wanted ?? '').split(',').filter((pair) => pair !== '');
  return pairs.every((pair) => {
    const [key = '', ...value] = pair.split('=');
    return Object.hasOwn(present, key) && (value.length === 0 || present[key] === value.join('='));
  });
}

function oneOf<T extends string>(parameter: string, words: readonly T[], given: string | null): T | undefined {
  if (given === null) return undefined;
  const word = words.find((each) => sameName(each, given));
  if (word === undefined) throw new BodyFault(`${parameter} must be one of ${words.join(', ')}`);
  return word;
}
