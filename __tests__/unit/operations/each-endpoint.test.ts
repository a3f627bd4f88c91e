import { describe, expect, test } from '@jest/globals';
import { eachEndpoint } from '../../../src/operations/each-endpoint.ts';
import { withName } from '../../../src/operations/result/endpoint-error.ts';
import { Failure, InputFaults } from '../../../src/failure.ts';

const specs = (...names: string[]) => names.map((name) => ({ name }));
const failing =
  (error: unknown) =>
  async ({ name }: { name: string }) => {
    if (name === 'bad') throw error;
    return name;
  };

describe('several endpoints', () => {
  test('are worked on side by side, but not more than so many', async () => {
    let now = 0;
    let most = 0;
    const { done } = await eachEndpoint(specs('a', 'b', 'c', 'd', 'e'), 2, async ({ name }) => {
      most = Math.max(most, (now += 1));
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      return name;
    });
    expect(done).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(most).toBe(2);
  });

  test('are worked on to the end, whatever happens to one', async () => {
    const { done, failed } = await eachEndpoint(
      specs('a', 'bad', 'c'),
      1,
      failing(new Failure('broken', { code: 'X' })),
    );
    expect(done).toEqual(['a', 'c']);
    expect(failed).toMatchObject([{ name: 'bad', error: { endpoint: 'bad', error: { message: 'broken' } } }]);
  });

  test('an error is explained, and then says whose it is', () => {
    const said = withName(new Failure('broken', { code: 'X' }), 'bad');
    expect(said).toMatchObject({ message: 'endpoint bad: broken', details: { code: 'X' } });
  });

  test('also where its words have the name in another sense, and where it is a fault of ours', () => {
    expect(withName(new Failure('bad luck is bad'), 'luck')).toMatchObject({
      message: 'endpoint luck: bad luck is bad',
    });
    const ours = new TypeError('x is not a function');
    expect(withName(ours, 'bad')).toMatchObject({ message: `endpoint bad: ${ours.message}`, stack: ours.stack });
  });

  test.each([
    ['that names it', new Failure('endpoint bad is gone')],
    ['that begins with it', new Failure('bad: gone')],
    ['of a request for it', new Failure('PUT onlineEndpoints/bad/deployments/blue: no response')],
    ['with its files', new InputFaults([{ message: 'x' }])],
    ['that is none', 'text'],
  ])('an error %s stays as it is', (_, error) => {
    expect(withName(error, 'bad')).toBe(error);
  });

  test('none is no work', async () => {
    expect(await eachEndpoint([], 4, failing(''))).toEqual({ done: [], failed: [] });
  });
});

test('the error of a single endpoint is thrown as it is', async () => {
  const error = new Failure('broken');
  await expect(eachEndpoint(specs('bad'), 4, failing(error))).rejects.toBe(error);
});
