import { describe, expect, test } from '@jest/globals';
import { pureEmulator } from './pure-emulator.ts';

const comments = '/repos/octo-org/octo-repo/issues/7/comments';
const headers = { authorization: 'token any' };

describe('comments of pull requests', () => {
  test('are created, listed by pull request, and updated in place', () => {
    const { send } = pureEmulator();
    const made = send('POST', comments, { body: { body: 'first' }, headers });
    expect(made.status).toBe(201);
    send('POST', '/repos/octo-org/octo-repo/issues/8/comments', { body: { body: 'elsewhere' }, headers });
    const path = `/repos/octo-org/octo-repo/issues/comments/${made.body.id}`;
    expect(send('PATCH', path, { body: { body: 'second' }, headers }).status).toBe(200);
    expect(send('GET', comments, { headers }).body).toMatchObject([{ id: made.body.id, body: 'second' }]);
  });

  test('come in pages', () => {
    const { send } = pureEmulator();
    for (const body of ['a', 'b', 'c']) send('POST', comments, { body: { body }, headers });
    const first = send('GET', `${comments}?per_page=2`, { headers });
    expect(first.body).toHaveLength(2);
    expect(first.headers['link']).toMatch(/page=2>; rel="next"/);
    const second = send('GET', `${comments}?per_page=2&page=2`, { headers });
    expect(second.body).toMatchObject([{ body: 'c' }]);
    expect(second.headers['link']).toBeUndefined();
  });

  test.each([
    ['GET', comments, undefined, {}, 401],
    ['POST', comments, {}, headers, 422],
    ['POST', comments, { body: 'x'.repeat(65_537) }, headers, 422],
    ['PATCH', '/repos/octo-org/octo-repo/issues/comments/99', { body: 'x' }, headers, 404],
    ['PUT', comments, { body: 'x' }, headers, 404],
  ])('%s %s of %j is refused', (method, path, body, given, status) => {
    expect(pureEmulator().send(method, path, { body, headers: given }).status).toBe(status);
  });
});
