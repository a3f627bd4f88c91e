import { resolve } from 'node:path';

/** The folder of this project. */
export const REPOSITORY = resolve(import.meta.dirname, '../..');
