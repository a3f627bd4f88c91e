import { extname } from 'node:path';
import type { Deps } from '../deps.ts';
import { InputFaults } from '../failure.ts';

/** Larger requests than this are refused by the service; source: Microsoft Learn, "Manage quotas", online endpoints. */
const LARGEST_REQUEST = 100 * 1024 * 1024;

/**
 * The bytes of a request file.
 * @param named what names it, as the user knows that: `input request-file`
 * @throws InputFaults when it cannot be read or is larger than any endpoint takes
 */
export async function readRequestFile(
  file: string,
  named: string,
  { files }: Pick<Deps, 'files'>,
): Promise<Uint8Array> {
  try {
    const bytes = await files.read(file, LARGEST_REQUEST);
    if (bytes.length <= LARGEST_REQUEST) return bytes;
    throw new InputFaults([{ file, message: 'is larger than 100 MiB, which no endpoint takes' }]);
  } catch (error) {
    if (error instanceof InputFaults) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new InputFaults([{ message: `${named}: ${file} cannot be read (${code})` }]);
  }
}

/** What the ending of a request file says of its content. */
export function contentType(file: string): string {
  const known: Readonly<Record<string, string>> = {
    '.json': 'application/json',
    '.csv': 'text/csv',
    '.txt': 'text/plain',
    '.xml': 'application/xml',
    '.png': 'image/png',
    '.jpg': 'image/jpeg',
    '.jpeg': 'image/jpeg',
  };
  return known[extname(file).toLowerCase()] ?? 'application/octet-stream';
}
