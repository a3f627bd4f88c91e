import { Failure, InputFaults } from '../failure.ts';

/** What is wrong with local files. @throws what is not about them */
export function contentFaults(error: unknown): string[] {
  if (error instanceof InputFaults) return error.faults.map(({ message }) => message);
  const { code, path } = error as NodeJS.ErrnoException;
  if (typeof code === 'string' && typeof path === 'string') return [`${path} cannot be read (${code})`];
  throw error;
}

/**
 * The error without the values of placeholders. What an error of the file system tells begins with a path: that of the
 * content, or one below it.
 * @param shown the path as people may see it
 */
export function discreet(error: unknown, path: string, shown: string): unknown {
  if (path === shown) return error;
  const inWords = (text: string): string => (text.startsWith(path) ? `${shown}${text.slice(path.length)}` : text);
  if (error instanceof InputFaults)
    return new InputFaults(error.faults.map((fault) => ({ ...fault, message: inWords(fault.message) })));
  if (error instanceof Failure) return new Failure(inWords(error.message), error.details);
  const { code, path: at } = error as NodeJS.ErrnoException;
  return code !== undefined && at !== undefined ? Object.assign(new Error(code), { code, path: inWords(at) }) : error;
}
