import type { Aggregate, CustomAggregate, Row, StateValue } from '../../pipeline/index.ts';
import type { ByteReader, ByteWriter, ValueCodec } from '../state/index.ts';

/**
 * Running values of all aggregates of a node: one number each, two for an average (sum, count), one value of its own for each of the
 * user's. Changes in place.
 */
export type Accumulator = StateValue[];

/** Result rows are built in place. */
export type ResultRow = Record<string, string | number>;

/** Folds rows into accumulators. Fields are int64 or float64: a number in every row. */
export class Aggregation {
  /** How accumulators are copied and written: numbers as float64, values of custom aggregates as JSON. */
  readonly codec: ValueCodec<Accumulator>;
  readonly #names: readonly string[];
  readonly #aggregates: readonly Aggregate[];
  readonly #fields: readonly string[];

  constructor(aggregates: Readonly<Record<string, Aggregate>>) {
    this.#names = Object.keys(aggregates);
    this.#aggregates = Object.values(aggregates);
    this.#fields = this.#aggregates.map((aggregate) =>
      aggregate.function === 'count' || aggregate.function === 'custom' ? '' : aggregate.field,
    );
    const isCustom = this.#aggregates.flatMap((aggregate) =>
      aggregate.function === 'avg' ? [false, false] : [aggregate.function === 'custom'],
    );
    this.codec = isCustom.includes(true) ? mixedCodec(isCustom) : NUMBERS_CODEC;
  }

  create(): Accumulator {
    return this.#aggregates.flatMap((aggregate): StateValue[] => {
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
        case 'custom':
          return [aggregate.create()];
        default:
          return aggregate satisfies never;
      }
    });
  }

  add(accumulator: Accumulator, row: Row): void {
    let at = 0;
    for (let index = 0; index < this.#aggregates.length; index++) {
      const aggregate = this.#aggregates[index]!;
      const current = accumulator[at] as number;
      switch (aggregate.function) {
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
          accumulator[at] = (accumulator[at] as number) + 1;
          break;
        case 'custom':
          accumulator[at] = aggregate.add(accumulator[at]!, row);
          break;
      }
      at += 1;
    }
  }

  /** Adds what `from` has gathered. */
  merge(accumulator: Accumulator, from: Readonly<Accumulator>): void {
    let at = 0;
    for (let index = 0; index < this.#aggregates.length; index++) {
      const aggregate = this.#aggregates[index]!;
      const current = accumulator[at] as number;
      const added = from[at] as number;
      switch (aggregate.function) {
        case 'count':
        case 'sum':
          accumulator[at] = current + added;
          break;
        case 'min':
          accumulator[at] = Math.min(current, added);
          break;
        case 'max':
          accumulator[at] = Math.max(current, added);
          break;
        case 'avg':
          accumulator[at] = current + added;
          at += 1;
          accumulator[at] = (accumulator[at] as number) + (from[at] as number);
          break;
        case 'custom':
          accumulator[at] = aggregate.merge(accumulator[at]!, from[at]!);
          break;
      }
      at += 1;
    }
  }

  /** Takes out what `part` had merged in; only where `partsOfAggregates` says `deductible`. */
  subtract(accumulator: Accumulator, part: Readonly<Accumulator>): void {
    let at = 0;
    for (let index = 0; index < this.#aggregates.length; index++) {
      const aggregate = this.#aggregates[index]!;
      if (aggregate.function === 'custom') {
        accumulator[at] = (aggregate as Invertible).subtract(accumulator[at]!, part[at]!);
      } else {
        accumulator[at] = (accumulator[at] as number) - (part[at] as number);
      }
      at += 1;
      if (aggregate.function === 'avg') {
        accumulator[at] = (accumulator[at] as number) - (part[at] as number);
        at += 1;
      }
    }
  }

  /** Adds the aggregates' fields to the result row, in their order. */
  appendResults(accumulator: Readonly<Accumulator>, row: ResultRow): void {
    let at = 0;
    for (let index = 0; index < this.#aggregates.length; index++) {
      const aggregate = this.#aggregates[index]!;
      if (aggregate.function === 'avg') {
        row[this.#names[index]!] = (accumulator[at] as number) / (accumulator[at + 1] as number);
        at += 1;
      } else if (aggregate.function === 'custom') {
        row[this.#names[index]!] = aggregate.result(accumulator[at]!);
      } else {
        row[this.#names[index]!] = accumulator[at] as number;
      }
      at += 1;
    }
  }
}

type Invertible = CustomAggregate & Required<Pick<CustomAggregate, 'subtract'>>;

/** A count, and that many float64. */
const NUMBERS_CODEC: ValueCodec<Accumulator> = {
  copy: (accumulator) => accumulator.slice(),
  write: (accumulator, writer) => {
    writer.uint8(accumulator.length);
    for (const value of accumulator) writer.float64(value as number);
  },
  read: (reader) => Array.from({ length: reader.uint8() }, () => reader.float64()),
};

/** The values one after the other. What custom aggregates gather is immutable by its type, so that a copy may share it. */
function mixedCodec(isCustom: readonly boolean[]): ValueCodec<Accumulator> {
  const write = (value: StateValue, custom: boolean, writer: ByteWriter): void => {
    if (custom) writer.text(JSON.stringify(value));
    else writer.float64(value as number);
  };
  const read = (custom: boolean, reader: ByteReader): StateValue =>
    custom ? (JSON.parse(reader.text()) as StateValue) : reader.float64();
  return {
    copy: (accumulator) => accumulator.slice(),
    write: (accumulator, writer) => {
      for (const [index, custom] of isCustom.entries()) write(accumulator[index]!, custom, writer);
    },
    read: (reader) => isCustom.map((custom) => read(custom, reader)),
  };
}
