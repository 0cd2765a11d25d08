import type { Row } from '../../pipeline/index.ts';
import type { RawRecord } from '../exchange/index.ts';
import type { KeyedOperator } from '../operator/index.ts';
import type { Key } from '../state/index.ts';

/** Something that comes after the elements before it; a promise holds up what comes behind. */
type Step = () => Promise<void> | undefined;

/** Elements that are processed together once their state is in reach. */
class ElementBatch {
  readonly keys: Key[] = [];
  readonly rows: Row[] = [];
  readonly timestampsMs: number[] = [];
  readonly raws: (RawRecord | undefined)[] = [];
  readonly inputs: number[] = [];
}

/**
 * Keeps the order of elements and steps for an operator whose state must be fetched first. `pump` does what can be done at once; while `busy`
 * nothing more should be given.
 */
export class PrefetchQueue {
  readonly #operator: KeyedOperator<RawRecord | undefined>;
  readonly #onResume: () => void;
  readonly #onFailure: (error: unknown) => void;
  readonly #waiting: (ElementBatch | Step)[] = [];
  #open: ElementBatch | undefined;
  #busy = false;

  /** @param onResume called when the queue is empty again after having been busy */
  constructor(
    operator: KeyedOperator<RawRecord | undefined>,
    onResume: () => void,
    onFailure: (error: unknown) => void,
  ) {
    this.#operator = operator;
    this.#onResume = onResume;
    this.#onFailure = onFailure;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** @param input of the operator */
  element(key: Key, row: Row, timestampMs: number, raw: RawRecord | undefined, input = 0): void {
    if (this.#open === undefined) {
      this.#open = new ElementBatch();
      this.#waiting.push(this.#open);
    }
    this.#open.keys.push(key);
    this.#open.rows.push(row);
    this.#open.timestampsMs.push(timestampMs);
    // What is given is valid during the call only.
    this.#open.raws.push(raw && { ...raw });
    this.#open.inputs.push(input);
  }

  step(step: Step): void {
    this.#open = undefined;
    this.#waiting.push(step);
  }

  pump(): void {
    if (this.#busy) {
      return;
    }
    this.#open = undefined;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const item = next;
      const fetching =
        item instanceof ElementBatch ? this.#operator.prefetch(item.keys, item.timestampsMs) : item();
      if (fetching !== undefined) {
        this.#busy = true;
        fetching
          .then(() => {
            if (item instanceof ElementBatch) {
              this.#process(item);
            }
            this.#busy = false;
            this.pump();
            if (!this.#busy) {
              this.#onResume();
            }
          })
          .catch(this.#onFailure);
        return;
      }
      if (item instanceof ElementBatch) {
        this.#process(item);
      }
    }
  }

  #process({ keys, rows, timestampsMs, raws, inputs }: ElementBatch): void {
    for (let index = 0; index < keys.length; index++) {
      this.#operator.processElement(
        keys[index] as Key,
        rows[index] as Row,
        timestampsMs[index] as number,
        raws[index],
        inputs[index],
      );
    }
  }
}
