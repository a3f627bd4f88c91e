/** The one table of outputs. A contract test holds `action.yml` and the README to it. */
export const OUTPUTS = {
  'scoring-url': 'Scoring URL of the endpoint, as Azure gives it.',
  'swagger-url': 'URL of the OpenAPI document of the endpoint.',
  token: 'Key or token that callers send, masked. Only operation `token` sets it. A masked value cannot cross jobs.',
  'token-type': '`key`, `aml_token` or `aad_token`.',
  'token-expires-at': 'When the token expires (ISO 8601). Not set for keys, which do not.',
  'principal-id': 'Object ID of the system-assigned identity of the endpoint, to grant it roles.',
  'provisioning-state': 'State of the endpoint in Azure, such as `Succeeded`.',
  traffic: 'Live traffic as JSON, such as `{"blue":90,"green":10}`.',
  changed:
    '`true` when something was changed, or for `plan`, `create`, `update` and `apply`: when something differed. Not set where nobody knows, since a write failed after it was sent.',
  plan: 'The plan as JSON: per endpoint its action and the changes, field by field.',
  status:
    '`unchanged`, `succeeded`, `paused`, `rolled-back`, `superseded` (somebody else holds the endpoint, or changed it) or `failed`.',
  report: 'Path of a JSON report of the rollout. Set only when just one ran.',
  'failure-reason': 'Why the operation failed, in one line.',
  response: 'Body of the answer to `invoke`.',
  'response-status': 'HTTP status of the answer to `invoke`.',
  endpoints:
    'All endpoints that were worked on, as JSON: name → scoringUrl, provisioningState, traffic, changed, status.',
} as const;

export type OutputName = keyof typeof OUTPUTS;

export const OUTPUT_NAMES = Object.keys(OUTPUTS) as OutputName[];
