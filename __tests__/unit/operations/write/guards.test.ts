import { describe, expect, test } from '@jest/globals';
import type { Failure } from '../../../../src/failure.ts';
import { confirmation } from '../../../../src/operations/write/guards.ts';

const CONSEQUENCE = 'deletes endpoint iris';
const refusal = async (given: string, confirm?: () => Promise<boolean>) =>
  (await confirmation(given, confirm ? { confirm } : {})
    .orRefuse('iris', CONSEQUENCE)
    .then(
      () => undefined,
      (error: unknown) => error,
    )) as Failure | undefined;

describe('taking a live endpoint off the air', () => {
  test('is agreed to by its name', async () => {
    expect(await refusal('iris')).toBeUndefined();
  });

  test('is agreed to by a person', async () => {
    expect(await refusal('', async () => true)).toBeUndefined();
  });

  test.each([
    ['', undefined, 'not confirmed: this deletes endpoint iris'],
    ['rose', undefined, 'not confirmed (confirm is "rose"): this deletes endpoint iris'],
    ['', async () => false, 'not confirmed: this deletes endpoint iris'],
  ])('is refused: %j', async (given, confirm, message) => {
    const failure = await refusal(given, confirm);
    expect(failure?.message).toBe(message);
    expect(failure?.details).toMatchObject({
      code: 'ConfirmationNeeded',
      nextStep: 'Nothing was changed. Set `confirm` to iris if this is what you want.',
    });
  });
});
