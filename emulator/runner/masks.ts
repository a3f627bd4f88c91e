/** The secrets of a job. What is registered is hidden from then on, in each encoding that the runner knows. */
export interface Masks {
  add(secret: string): void;
  apply(text: string): string;
}

export function masks(): Masks {
  const hidden = new Set<string>();
  return {
    add(secret) {
      const lines = secret.split(/[\r\n]+/).map((line) => line.trim());
      for (const value of [secret, ...lines]) {
        for (const encode of ENCODERS) hidden.add(encode(value));
      }
      hidden.delete('');
    },
    apply(text) {
      const longestFirst = [...hidden].sort((one, other) => other.length - one.length);
      return longestFirst.reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
    },
  };
}

/** Source: actions/runner, `HostContext.cs` (value encoders) and `ValueEncoders.cs`. Those of shells are left out. */
const ENCODERS: readonly ((value: string) => string)[] = [
  (value) => value,
  (value) => base64From(value, 0),
  (value) => base64From(value, 1),
  (value) => base64From(value, 2),
  (value) => value.replaceAll("'", "''"),
  (value) => JSON.stringify(value).slice(1, -1),
  (value) => encodeURIComponent(value),
  (value) => value.replace(/[&<>"']/g, (character) => XML[character] ?? character),
];

const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Within the base64 of a longer text a secret starts at any of three offsets. */
function base64From(value: string, shift: number): string {
  const bytes = Buffer.from(value);
  return bytes.subarray(bytes.length > shift ? shift : 0).toString('base64');
}
