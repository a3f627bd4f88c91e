import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';

/** A place where a secret must not be, and what stands there. */
export type Place = readonly [name: string, text: string];

/** Fails for each secret that stands in one of the places: as it is, or in an encoding that hides nothing. */
export function expectNoSecrets(secrets: readonly string[], places: readonly Place[]): void {
  expect(secrets.length).toBeGreaterThan(0);
  const forms = secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
  ]);
  const leaks = places.filter(([, text]) => forms.some((form) => text.includes(form))).map(([name]) => name);
  expect(leaks).toEqual([]);
}

/** A log without the commands that hide a secret, which have to name it. */
export function withoutMaskCommands(log: string): string {
  return log
    .split('\n')
    .filter((line) => !line.startsWith('::add-mask::'))
    .join('\n');
}

/** Every file below a folder. */
export async function filesBelow(folder: string): Promise<Place[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (file): Promise<Place> => [`file ${file}`, await readFile(file, 'latin1')]));
}
