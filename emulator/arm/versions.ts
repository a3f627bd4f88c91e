import type { JsonObject } from '../http.ts';

/**
 * The api-versions that the emulator takes: those of the public specification (azure-rest-api-specs,
 * machinelearningservices) that clients in the wild use, in the order of their release.
 */
export const apiVersions = [
  '2022-02-01-preview',
  '2022-05-01',
  '2022-10-01',
  '2022-10-01-preview',
  '2023-04-01-preview',
  '2023-04-01',
  '2023-10-01',
  '2024-04-01',
  '2024-10-01',
  '2025-04-01',
  '2025-06-01',
  '2025-09-01',
  '2025-12-01',
] as const;

const before2023 = ['2022-02-01-preview', '2022-05-01', '2022-10-01', '2022-10-01-preview'];

/** The versions whose models lack a property: they neither take it from a body nor show it. */
const unknownIn: Readonly<Record<string, readonly string[]>> = {
  mirrorTraffic: ['2022-05-01', '2022-10-01'],
  egressPublicNetworkAccess: ['2022-05-01'],
  dataCollector: before2023,
  startupProbe: [...before2023, '2023-04-01-preview', '2023-04-01', '2023-10-01', '2024-04-01'],
};

/** `properties` as an api-version knows them. */
export function knownTo(version: string, properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !unknownIn[name]?.includes(version)));
}
