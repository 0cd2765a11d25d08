import type { OutputVerdict } from './oracle.ts';
import { REPEAT, UNMEASURED, wrong } from './verdicts.ts';

/** Input records that must come out again, byte for byte: late ones and dead letters. No two are the same, since each holds its sequence number. */
export class ExpectedRecords {
  readonly expected: number;
  readonly #what: string;
  readonly #outstanding: Set<string>;
  readonly #seen = new Set<string>();

  /** @param what names the records in reasons, for example `late record` */
  constructor(what: string, values: readonly string[]) {
    this.#what = what;
    this.#outstanding = new Set(values);
    this.expected = values.length;
  }

  get missing(): number {
    return this.#outstanding.size;
  }

  observe(value: string): OutputVerdict {
    if (this.#outstanding.delete(value)) {
      this.#seen.add(value);
      return UNMEASURED;
    }
    return this.#seen.has(value) ? REPEAT : wrong(`not a ${this.#what} of the log: ${value}`);
  }
}
