import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { recordErrors } from './errors.ts';

const LEAST_SECRET_BYTES = 16;
const SECRET_BYTES = 32;
/** Numbers stay numbers, below 2^48. */
const NUMBER_BYTES = 6;
const TEXT_CHARACTERS = 20;

/** What to hide in records. */
export interface Anonymisation {
  readonly keys: boolean;
  /** Members of the value's JSON, as paths: `user`, `customer.name`. */
  readonly fields: readonly string[];
  readonly secret: Uint8Array;
}

/** A secret that is nowhere kept: two recordings have nothing in common. */
export function unrepeatableSecret(): Uint8Array {
  return randomBytes(SECRET_BYTES);
}

/** @throws RECORD_SECRET_UNUSABLE */
export function secretFromFile(path: string): Uint8Array {
  let secret: Buffer;
  try {
    secret = readFileSync(path);
  } catch (cause) {
    throw recordErrors.error('RECORD_SECRET_UNUSABLE', { path, problem: (cause as Error).message }, cause);
  }
  if (secret.length >= LEAST_SECRET_BYTES) return secret;
  throw recordErrors.error('RECORD_SECRET_UNUSABLE', { path, problem: `it has ${secret.length} bytes.` });
}

/**
 * Replaces keys and fields by HMAC-SHA-256 under a secret (RFC 2104): the same text gives the same pseudonym, as a key and in a field, so groups
 * and joins stay what they were, and without the secret nobody can try names.
 */
export class Pseudonyms {
  readonly #secret: Uint8Array;
  readonly #fields: readonly (readonly string[])[];

  constructor({ fields, secret }: Pick<Anonymisation, 'fields' | 'secret'>) {
    this.#secret = secret;
    this.#fields = fields.map((field) => field.split('.'));
  }

  ofKey(key: Uint8Array): string {
    return this.#digest(key).toString('base64url').slice(0, TEXT_CHARACTERS);
  }

  /** The value with its fields replaced; undefined if it is no JSON, so that what it holds cannot be found. */
  ofValue(value: Uint8Array): Uint8Array | undefined {
    if (this.#fields.length === 0) return value;
    let parsed: unknown;
    try {
      parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(value));
    } catch {
      return undefined;
    }
    for (const field of this.#fields) parsed = this.#replaceAt(parsed, field);
    return Buffer.from(JSON.stringify(parsed));
  }

  /** An array on the way is gone through. */
  #replaceAt(value: unknown, path: readonly string[]): unknown {
    const [name, ...rest] = path;
    if (name === undefined) return this.#replace(value);
    if (Array.isArray(value)) return value.map((item) => this.#replaceAt(item, path));
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return value;
    return { ...value, [name]: this.#replaceAt((value as Record<string, unknown>)[name], rest) };
  }

  /** Every text and number in it. */
  #replace(value: unknown): unknown {
    if (typeof value === 'string') return this.ofKey(Buffer.from(value));
    if (typeof value === 'number')
      return this.#digest(Buffer.from(String(value))).readUIntBE(0, NUMBER_BYTES);
    if (Array.isArray(value)) return value.map((item) => this.#replace(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.#replace(item)]));
  }

  #digest(bytes: Uint8Array): Buffer {
    return createHmac('sha256', this.#secret).update(bytes).digest();
  }
}
