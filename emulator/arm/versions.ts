import type { JsonObject } from '../http.ts';

/**
 * The api-versions that the emulator takes, the newest last: the stable ones of azure-rest-api-specs
 * (machinelearningservices), and the previews that azure-ai-ml 1.35 asks in (`_ml_client.py`).
 */
export const apiVersions = [
  '2022-02-01-preview',
  '2022-05-01',
  '2022-10-01',
  '2022-10-01-preview',
  '2023-02-01-preview',
  '2023-04-01',
  '2023-04-01-preview',
  '2023-06-01-preview',
  '2023-08-01-preview',
  '2023-10-01',
  '2024-01-01-preview',
  '2024-04-01',
  '2024-04-01-preview',
  '2024-10-01',
  '2024-10-01-preview',
  '2025-01-01-preview',
  '2025-04-01',
  '2025-06-01',
  '2025-09-01',
  '2025-12-01',
] as const;

/** Those of Azure Monitor's metrics that azure-rest-api-specs has (Microsoft.Insights, `metrics_API.json`). */
export const metricVersions: readonly string[] = ['2018-01-01', '2019-07-01', '2021-05-01', '2023-10-01', '2024-02-01'];

/** In which versions the models lack a property: those neither take it from a body nor show it. */
const isUnknownIn: Readonly<Record<string, (version: string) => boolean>> = {
  mirrorTraffic: (version) => version === '2022-05-01' || version === '2022-10-01',
  egressPublicNetworkAccess: (version) => version === '2022-05-01',
  dataCollector: (version) => version < '2023-04-01',
  startupProbe: (version) => version < '2024-10-01',
};

/** `properties` as an api-version knows them. */
export function knownTo(version: string, properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !isUnknownIn[name]?.(version)));
}
