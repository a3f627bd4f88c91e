import { markdownText } from '../table.ts';

/** Keeps secrets out of everything that is written, also where no runner masks the log. */
export interface Redaction {
  add(secret: string): void;
  apply(text: string): string;
}

/** Shorter values would black out ordinary words. */
const SHORTEST_SECRET = 6;

export function redaction(): Redaction {
  const secrets = new Set<string>();
  return {
    add(secret) {
      // The runner masks each line of a secret; so do we.
      for (const line of [secret, ...secret.split(/\r?\n/)]) {
        if (line.trim().length >= SHORTEST_SECRET) for (const form of formsOf(line.trim())) secrets.add(form);
      }
    },
    apply(text) {
      let clean = text;
      for (const secret of secrets) clean = clean.replaceAll(secret, '***');
      return clean;
    },
  };
}

/** As it is, as it stands in JSON, and as it stands in a summary. */
function formsOf(secret: string): string[] {
  return [secret, JSON.stringify(secret).slice(1, -1), markdownText(secret)];
}
