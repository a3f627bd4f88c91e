import type { Files } from '../deps.ts';
import type { Fault } from '../failure.ts';
import { isAbsolute, joined, leadsOut } from './path.ts';

/** More than any endpoint or deployment needs, and little enough to parse at once. In bytes. */
export const LARGEST_FILE = 1024 * 1024;

/**
 * The text of a file without its byte order mark, or the one fault that says why it has none. Never rejects. What a link
 * leads to may belong to somebody else, and its text would stand in the messages: nothing outside of the working directory
 * is read, unless `home` says so.
 * @param home a folder, links followed, that may be read too
 */
export async function readSource(
  files: Pick<Files, 'read' | 'stat'>,
  file: string,
  home?: string,
): Promise<string | Fault> {
  try {
    const stat = await files.stat(file);
    // A pipe would be waited for until somebody writes to it.
    if (stat?.kind === 'other') return { file, message: 'is neither a file nor a folder' };
    if (stat?.inside === false && !isBelow(stat.real, home)) {
      return { file, message: 'is outside the working directory; nothing outside it is read' };
    }
    return decode(await files.read(file, LARGEST_FILE), file);
  } catch (error) {
    return { file, message: `cannot be read: ${reason(error)}` };
  }
}

/** Where `endpoints-dir` leads when its own words lead out of the working directory: what lies there was meant to be read. */
export async function homeOutside(files: Pick<Files, 'stat'>, folder: string): Promise<string | undefined> {
  const path = folder.replaceAll('\\', '/');
  if (!isAbsolute(path) && !leadsOut(joined('', path))) return undefined;
  const stat = await files.stat(folder).catch(() => undefined);
  return stat?.real;
}

function isBelow(real: string, home: string | undefined): boolean {
  return home !== undefined && (real.startsWith(`${home}/`) || real.startsWith(`${home}\\`));
}

/** What the file system said, by its code where it has one. */
export function reason(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'ENOENT') return 'it no longer exists';
  return typeof code === 'string' ? code : String(error);
}

function decode(bytes: Uint8Array, file: string): string | Fault {
  const fault = (message: string): Fault => ({ file, line: 1, column: 1, message });
  if (bytes.length > LARGEST_FILE) return fault('is larger than 1 MiB, the limit for YAML files');
  if (isUtf16(bytes)) return fault('is written in UTF-16; save it as UTF-8');
  if (bytes.includes(0)) return fault('is not text: it contains a NUL byte');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fault('is not valid UTF-8; save it as UTF-8');
  }
}

/** By its byte order mark, or by the zero beside each of the first two characters. */
function isUtf16([a, b, c, d]: Uint8Array): boolean {
  const marked = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  return marked || (a === 0 && c === 0 && b !== 0 && d !== 0) || (b === 0 && d === 0 && a !== 0 && c !== 0);
}
