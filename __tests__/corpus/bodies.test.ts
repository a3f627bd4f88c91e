import { describe, expect, test } from '@jest/globals';
import { faultLine } from '../../src/failure.ts';
import { createBody } from '../../src/plan/desired.ts';
import { type Json, type JsonObject, isObject } from '../../src/json.ts';
import { readEndpoint } from '../../src/spec/endpoint.ts';
import type { EndpointSpec } from '../../src/spec/model.ts';
import { corpusLocation, hasCorpus, refused, taken, textOf } from './corpus.ts';

const workspaceId = '/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w';

/** Where our body is meant to differ from the one of azure-ai-ml 1.4.0, field by field. */
const differences: Readonly<Record<string, { path: string; sdk: Json; ours: Json; reason: string }>> = {
  'kubernetes/kubernetes-endpoint.yml': {
    path: 'properties.compute',
    sdk: 'inferencecompute',
    ours: `${workspaceId}/computes/inferencecompute`,
    reason: 'what the SDK sends in the end is the ARM id (test_online_endpoint_k8s.yaml); the list has its step before',
  },
  'managed/vnet/mlflow/endpoint.yml': networkAccess(),
  'managed/vnet/sample/endpoint.yml': networkAccess(),
};

function networkAccess(): (typeof differences)[string] {
  return {
    path: 'properties.publicNetworkAccess',
    sdk: 'disabled',
    ours: 'Disabled',
    reason: "the spelling of ARM's specification; the SDK sends the YAML's word as it is",
  };
}

/** An example that leaves the id of an identity to `sed`, with one: other text is refused. */
function withIdentity(text: string): string {
  const id = `${workspaceId.split('/providers/')[0]}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/scorer`;
  return text.replaceAll('user_identity_ARM_id_place_holder', id);
}

function specOf(file: string): EndpointSpec {
  const { spec, faults } = readEndpoint(withIdentity(textOf(file)), file);
  if (!spec) throw new Error(faults.map(faultLine).join('\n'));
  return spec;
}

/** The fields of a body by their path; empty maps count as fields. */
function leaves(value: Json, path = ''): [string, Json][] {
  if (!isObject(value) || Object.keys(value).length === 0) return [[path, value]];
  return Object.entries(value).flatMap(([key, child]) => leaves(child ?? null, path ? `${path}.${key}` : key));
}

function differing(sdk: JsonObject, ours: JsonObject): object[] {
  const [left, right] = [new Map(leaves(sdk)), new Map(leaves(ours))];
  const paths = [...new Set([...left.keys(), ...right.keys()])];
  return paths
    .filter((path) => JSON.stringify(left.get(path)) !== JSON.stringify(right.get(path)))
    .map((path) => ({ path, sdk: left.get(path), ours: right.get(path) }));
}

if (!hasCorpus) {
  const why = 'there is no corpus: set AZUREML_CORPUS to the folder with endpoint-bodies.json';
  // Jest keeps the names of skipped tests to itself when it runs many files.
  process.stderr.write(`skipped ${import.meta.filename}: ${why}\n`);
  test.skip(why, () => {});
} else {
  describe('endpoint files of azureml-examples', () => {
    test('are there', () => {
      expect(taken.length).toBeGreaterThan(0);
      expect(refused.length).toBeGreaterThan(0);
      expect(taken.map(([file]) => file)).toEqual(expect.arrayContaining(Object.keys(differences)));
    });

    test.each(taken)('%s has the body of the SDK, but for the listed difference', (file, { body }) => {
      const ours = createBody(specOf(file), { location: corpusLocation, workspaceId });
      const { path, sdk, ours: meant } = differences[file] ?? {};
      const theirs = JSON.parse(withIdentity(JSON.stringify(body))) as JsonObject;
      expect(differing(theirs, ours)).toEqual(path === undefined ? [] : [{ path, sdk, ours: meant }]);
    });

    test.each(refused)('%s, which the SDK refuses, says which variable it lacks and where', (file) => {
      const { faults } = readEndpoint(textOf(file), file);
      expect(faults.map(faultLine)).toEqual([
        `${file}:2:8: the environment variable ENDPOINT_NAME is not set; {{ENDPOINT_NAME}} needs it`,
      ]);
    });

    test.each(refused)('%s is taken once its placeholder is set', (file) => {
      const { spec, faults } = readEndpoint(textOf(file), file, { env: { ENDPOINT_NAME: 'iris' } });
      expect(faults).toEqual([]);
      expect(spec).toMatchObject({ name: 'iris', authMode: 'Key' });
    });
  });
}
