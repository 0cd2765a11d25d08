import type { Aggregate, Row } from '../../pipeline/index.ts';
import type { ValueCodec } from '../state/index.ts';

/** Running values of all aggregates of a node: one number each, two for an average (sum, count). */
export type Accumulator = number[];

/** Result rows are built in place. */
export type ResultRow = Record<string, string | number>;

/** Folds rows into accumulators. Fields are int64 or float64: a number in every row. */
export class Aggregation {
  readonly #names: readonly string[];
  readonly #aggregates: readonly Aggregate[];
  readonly #fields: readonly string[];

  constructor(aggregates: Readonly<Record<string, Aggregate>>) {
    this.#names = Object.keys(aggregates);
    this.#aggregates = Object.values(aggregates);
    this.#fields = this.#aggregates.map((aggregate) =>
      aggregate.function === 'count' ? '' : aggregate.field,
    );
  }

  create(): Accumulator {
    return this.#aggregates.flatMap((aggregate) => {
      switch (aggregate.function) {
        case 'count':
        case 'sum':
          return [0];
        case 'min':
          return [Number.POSITIVE_INFINITY];
        case 'max':
          return [Number.NEGATIVE_INFINITY];
        case 'avg':
          return [0, 0];
        default:
          return aggregate satisfies never;
      }
    });
  }

  add(accumulator: Accumulator, row: Row): void {
    let at = 0;
    for (let index = 0; index < this.#aggregates.length; index++) {
      const current = accumulator[at]!;
      switch (this.#aggregates[index]!.function) {
        case 'count':
          accumulator[at] = current + 1;
          break;
        case 'sum':
          accumulator[at] = current + (row[this.#fields[index]!] as number);
          break;
        case 'min':
          accumulator[at] = Math.min(current, row[this.#fields[index]!] as number);
          break;
        case 'max':
          accumulator[at] = Math.max(current, row[this.#fields[index]!] as number);
          break;
        case 'avg':
          accumulator[at] = current + (row[this.#fields[index]!] as number);
          at += 1;
          accumulator[at] = accumulator[at]! + 1;
          break;
      }
      at += 1;
    }
  }

  /** Adds the aggregates' fields to the result row, in their order. */
  appendResults(accumulator: Accumulator, row: ResultRow): void {
    let at = 0;
    for (let index = 0; index < this.#aggregates.length; index++) {
      if (this.#aggregates[index]!.function === 'avg') {
        row[this.#names[index]!] = accumulator[at]! / accumulator[at + 1]!;
        at += 1;
      } else {
        row[this.#names[index]!] = accumulator[at]!;
      }
      at += 1;
    }
  }
}

/** Accumulators change in place; they are written as a count and that many float64. */
export const ACCUMULATOR_CODEC: ValueCodec<Accumulator> = {
  copy: (accumulator) => accumulator.slice(),
  write: (accumulator, writer) => {
    writer.uint8(accumulator.length);
    for (const value of accumulator) writer.float64(value);
  },
  read: (reader) => Array.from({ length: reader.uint8() }, () => reader.float64()),
};
