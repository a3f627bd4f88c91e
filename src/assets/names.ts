import { sha256 } from './hash.ts';

/**
 * The name of a code that nobody named: a GUID made of its content (version 8 of RFC 9562). azure-ai-ml takes a random
 * one, and finds the code again by the hash in its properties.
 */
export function codeName(contentHash: string): string {
  const digits = sha256(`code ${contentHash}`);
  const variant = ((parseInt(digits.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}

/** The name of a model that nobody named. Source: azure-ai-ml `entities/_assets/_artifacts/model.py`. */
export function modelName(uploadHash: string): string {
  return sha256(uploadHash);
}

/** How people read a content: `./src (content 1a2b3c4d)`. */
export function shownContent(path: string, hash: string): string {
  return `${path} (content ${hash.slice(0, 8)})`;
}
