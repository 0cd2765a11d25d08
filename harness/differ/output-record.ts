/** A record of an output topic, in a form in which two engines' can be held against each other. */
export interface OutputRecord {
  /** As text; null where the record has none. */
  readonly key: string | null;
  readonly form: 'json' | 'bytes' | 'none';
  /** JSON with its names sorted; of bytes that are no JSON each as one character; null of a record without a value. */
  readonly value: string | null;
  /** Members of the value; null where it is no JSON object. */
  readonly fields: Readonly<Record<string, unknown>> | null;
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/** The order of names and the spaces of a JSON value play no part; numbers are JavaScript's, so whole ones are exact up to 2^53. */
export function outputRecord(key: string | null, value: Uint8Array | null): OutputRecord {
  if (value === null) return { key, form: 'none', value: null, fields: null };
  const parsed = parsedJson(value);
  if (parsed === undefined) return { key, form: 'bytes', value: asCharacters(value), fields: null };
  const sorted = withSortedNames(parsed.value);
  return { key, form: 'json', value: JSON.stringify(sorted), fields: isObject(sorted) ? sorted : null };
}

/** The same text for the same record, another for every other. */
export function recordText({ key, form, value }: OutputRecord): string {
  return JSON.stringify([key, form, value]);
}

function parsedJson(value: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(UTF_8.decode(value)) };
  } catch {
    return undefined;
  }
}

function withSortedNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedNames);
  if (!isObject(value)) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, withSortedNames(member)]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asCharacters(value: Uint8Array): string {
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
}
