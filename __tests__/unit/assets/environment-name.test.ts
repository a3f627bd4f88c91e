import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { anonymousEnvironmentVersion, condaText } from '../../../src/assets/environment-name.ts';
import { pythonYaml } from '../../../src/assets/python-yaml.ts';
import type { JsonObject } from '../../../src/json.ts';
import { REPOSITORY } from '../../support/repository.ts';

interface Recorded {
  readonly name: string;
  readonly yaml: string;
  /** What azure-ai-ml 1.35.2 sends as `condaFile`. */
  readonly text: string;
  /** The version that it gives an environment of the image below with these packages. */
  readonly version: string;
}

const recorded = JSON.parse(
  readFileSync(join(REPOSITORY, '__tests__/fixtures/assets/conda.json'), 'utf8'),
) as Recorded[];
const image = 'registry.example.org/base:1';

describe('an environment has the version that azure-ai-ml 1.35.2 gives it', () => {
  test.each(recorded)('with the conda file $name', ({ yaml, text, version }) => {
    const conda = condaText(parse(yaml) as JsonObject);
    expect(conda).toBe(text);
    expect(anonymousEnvironmentVersion({ image, conda })).toBe(version);
  });

  const route = (path: string) => ({ path, port: 8080 });
  const inferenceConfig = {
    livenessRoute: route('/live'),
    readinessRoute: route('/ready'),
    scoringRoute: route('/score'),
  };
  const context = 'f480e276ec4d770d7347c63d4d9f3ab3075a4418a86942761880da2c83d74f04';
  test.each([
    [{ image }, 'bd7fe1859be48a8fab1929eff09dd6e1cacce435984689680f58a57a3fb76ad6'],
    [{ image, inferenceConfig }, 'defcaaf43ce51c798dd3b6b229555d2665e973e1196c873153abeb7378a1e0a7'],
    [
      { image, inferenceConfig, conda: recorded.at(-1)!.text },
      'b1b58e0913a55a13bf0e1579ea629aba5d06c1fccc91ce2035ceac46f2b351fc',
    ],
    [{ context }, '57977902e9ff276046f70a67164cbd4626fd30de2b8822a595a4d9c32435744c'],
    [
      { context, dockerfilePath: 'docker/Dockerfile' },
      '5c9185ca08e32d185699b1ad870c92f048bf931997952e822859596fde247634',
    ],
  ])('%j', (parts, version) => {
    expect(anonymousEnvironmentVersion(parts)).toBe(version);
  });
});

describe('YAML as Python writes it', () => {
  /** Read without a dialect, in which every leaf is a text. */
  test('is read back as what it was', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 120 });
    const key = fc.string({ maxLength: 20 }).filter((each) => each !== '__proto__');
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        text,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 3, noNullPrototype: true }),
      ),
    }));
    const map = fc.dictionary(key, tree, { noNullPrototype: true });
    fc.assert(
      fc.property(map, (value) => {
        expect(parse(pythonYaml(value as JsonObject), { schema: 'failsafe' })).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  test('folds a long text where Python does', () => {
    const words = `${'word '.repeat(20)}end`;
    expect(pythonYaml({ a: words })).toBe(
      `a: word word word word word word word word word word word word word word word word\n  word word word word end\n`,
    );
  });
});
