import type { OutputVerdict } from './oracle.ts';
import { REPEAT, UNMEASURED, wrong } from './verdicts.ts';

/** Input records that must come out again, byte for byte: late ones and dead letters. No two are the same, since each holds its sequence number. */
export class ExpectedRecords {
  readonly expected: number;
  readonly #what: string;
  /** By their bytes, each as one character: two records that are no UTF-8 stay two. */
  readonly #outstanding: Set<string>;
  readonly #seen = new Set<string>();

  /** @param what names the records in reasons, for example `late record` */
  constructor(what: string, values: readonly Uint8Array[]) {
    this.#what = what;
    this.#outstanding = new Set(values.map(asCharacters));
    this.expected = values.length;
  }

  get missing(): number {
    return this.#outstanding.size;
  }

  observe(value: Uint8Array): OutputVerdict {
    const characters = asCharacters(value);
    if (this.#outstanding.delete(characters)) {
      this.#seen.add(characters);
      return UNMEASURED;
    }
    return this.#seen.has(characters) ? REPEAT : wrong(`not a ${this.#what} of the log`);
  }
}

function asCharacters(value: Uint8Array): string {
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
}
