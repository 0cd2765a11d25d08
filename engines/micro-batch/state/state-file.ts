import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { microBatchErrors } from '../errors.ts';

const headerSchema = z.object({
  kind: z.enum(['delta', 'snapshot']),
  version: z.number(),
  size: z.number(),
  entries: z.number(),
  crc32: z.number(),
});

/** What the name of a state file says of its content. */
export interface StateFileId {
  readonly kind: 'delta' | 'snapshot';
  readonly version: number;
}

/** Entries that are joined and summed up at a time. */
const CHUNK_ENTRIES = 4096;

/**
 * Puts a state file together: a header line, then a line an entry, `+key-as-JSON<tab>value` for a value put or
 * `-key-as-JSON` for a key removed. The header's count and checksum tell a whole file from a cut or changed one. Where
 * a key comes twice, the later line holds.
 */
export class StateFileText {
  entries = 0;
  readonly #chunks: string[] = [];
  #lines: string[] = [];
  #checksum = 0;

  /** `value` is one line, or undefined for a removed key. */
  add(key: string, value: string | undefined): void {
    const name = JSON.stringify(key);
    this.#lines.push(value === undefined ? `-${name}` : `+${name}\t${value}`);
    this.entries++;
    if (this.#lines.length >= CHUNK_ENTRIES) this.#closeChunk();
  }

  /**
   * The whole file. Nothing may be added afterwards.
   *
   * @param size number of keys that the version has
   */
  finish({ kind, version }: StateFileId, size: number): string {
    this.#closeChunk();
    const header = JSON.stringify({ kind, version, size, entries: this.entries, crc32: this.#checksum });
    return `${header}\n${this.#chunks.join('')}`;
  }

  #closeChunk(): void {
    if (this.#lines.length === 0) return;
    const chunk = `${this.#lines.join('\n')}\n`;
    this.#checksum = crc32(chunk, this.#checksum);
    this.#chunks.push(chunk);
    this.#lines = [];
  }
}

/**
 * Gives every entry of a file to `apply`, in its order, once the file is known to be whole; fails with
 * MICRO_BATCH_STATE_CORRUPT.
 *
 * @returns the number of entries, and of keys that the version has
 */
export function readStateFile(
  file: string,
  text: string,
  expected: StateFileId,
  apply: (key: string, value: string | undefined) => void,
): { readonly entries: number; readonly size: number } {
  try {
    const bodyStart = text.indexOf('\n') + 1;
    const header = headerSchema.parse(JSON.parse(text.slice(0, Math.max(0, bodyStart - 1))));
    if (header.kind !== expected.kind || header.version !== expected.version) {
      throw new Error(`it is the ${header.kind} of version ${header.version}`);
    }
    if (crc32(text.slice(bodyStart)) !== header.crc32) throw new Error('its checksum does not match');
    let entries = 0;
    for (let start = bodyStart; start < text.length; entries++) {
      const end = text.indexOf('\n', start);
      const tab = text.charCodeAt(start) === MINUS ? -1 : text.indexOf('\t', start);
      // By JSON.parse, which copies: a slice would keep the text of the whole file in memory.
      if (tab < 0) apply(JSON.parse(text.slice(start + 1, end)), undefined);
      else apply(JSON.parse(text.slice(start + 1, tab)), text.slice(tab + 1, end));
      start = end + 1;
    }
    if (entries !== header.entries) throw new Error(`${entries} entries instead of ${header.entries}`);
    return { entries, size: header.size };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw microBatchErrors.error('MICRO_BATCH_STATE_CORRUPT', { file, reason }, error);
  }
}

const MINUS = '-'.charCodeAt(0);
