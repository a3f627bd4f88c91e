import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Figure } from './figure.ts';

/** The size of what a runner fetches and loads, without the text of the licences. */
export async function size(): Promise<Figure[]> {
  const names = (await readdir('dist')).filter((name) => name !== 'licenses.txt');
  const sizes = await Promise.all(names.map(async (name) => (await stat(join('dist', name))).size));
  const value = sizes.reduce((sum, bytes) => sum + bytes, 0) / 1e6;
  return [{ name: 'dist/ without licenses.txt', unit: 'MB', value, runs: 1, atMost: 3.5 }];
}
