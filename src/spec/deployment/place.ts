import type { Position } from '../../deps.ts';
import type { DeploymentSpec } from './model.ts';

/**
 * Where a fault of a value stands, as in the checks of the file alone: at the value, or at the key of a map or a list.
 * @param keys the first that the file has counts
 */
export function placeOf(
  { file, positions, values }: Pick<DeploymentSpec, 'file' | 'positions' | 'values'>,
  ...keys: readonly string[]
): Partial<Position> {
  const key = keys.find((each) => positions.has(each));
  return (key === undefined ? undefined : (values?.get(key) ?? positions.get(key))) ?? { file };
}
