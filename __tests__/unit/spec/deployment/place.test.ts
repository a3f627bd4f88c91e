import { expect, test } from '@jest/globals';
import { placeOf } from '../../../../src/spec/deployment/place.ts';
import { managedSpec } from './reading.ts';

test('a fault stands at the value, or at the key of a map, of the first key that the file has', async () => {
  const spec = await managedSpec('model: {path: model}\nenvironment: azureml:sklearn:1\n');
  const at = (line: number, column: number) => ({ file: 'd/blue.yml', line, column });
  expect(placeOf(spec, 'environment')).toEqual(at(4, 14));
  expect(placeOf(spec, 'model.version', 'model.path', 'model')).toEqual(at(3, 15));
  expect(placeOf(spec, 'model')).toEqual(at(3, 1));
  expect(placeOf(spec, 'code_configuration')).toEqual({ file: 'd/blue.yml' });
  expect(placeOf({ file: spec.file, positions: spec.positions }, 'environment')).toEqual(at(4, 1));
});
