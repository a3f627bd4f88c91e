import type { EndpointBody } from '../state.ts';
import type { Context } from './context.ts';
import { parseIdentity } from './identity.ts';
import { parseString, parseStrings, parseWord } from './strings.ts';
import { parseTracked } from './tracked-body.ts';
import { parseWeights } from './traffic.ts';

/** What the service itself writes into `properties.properties`; no body can remove or alter it. */
export const serverProperties = ['azureml.onlineendpointid', 'AzureAsyncOperationUri'];

/** The endpoint that the body of a PUT describes. */
export function parseEndpoint(context: Context): EndpointBody {
  const { raw, location, properties } = parseTracked(context);
  return {
    location,
    tags: parseStrings(raw['tags'], 'tags'),
    identity: parseIdentity(raw['identity']),
    properties: {
      authMode: parseWord(properties['authMode'], 'properties.authMode', ['Key', 'AMLToken', 'AADToken']),
      description: optionalText(properties['description'], 'properties.description'),
      compute: optionalText(properties['compute'], 'properties.compute'),
      publicNetworkAccess: parseWord(properties['publicNetworkAccess'] ?? 'Enabled', 'properties.publicNetworkAccess', [
        'Enabled',
        'Disabled',
      ]),
      traffic: parseWeights(properties['traffic'], 'properties.traffic'),
      mirrorTraffic: parseWeights(properties['mirrorTraffic'], 'properties.mirrorTraffic'),
      properties: withoutServerProperties(parseStrings(properties['properties'], 'properties.properties')),
    },
  };
}

function optionalText(value: unknown, name: string): string | null {
  return value === undefined || value === null ? null : parseString(value, name);
}

function withoutServerProperties(bag: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(bag).filter(([name]) => !serverProperties.includes(name)));
}
