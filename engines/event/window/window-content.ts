import type { Aggregate, Row, WindowBounds, WindowFunctionNode } from '../../pipeline/index.ts';
import { type Accumulator, Aggregation, type ResultRow } from '../aggregate/index.ts';
import type { OperatorOutput } from '../operator/index.ts';
import type { Key, ValueCodec } from '../state/index.ts';
import { lastMsOf } from './trigger.ts';

/** What a window gathers of its rows, and what it puts out of that when it fires. Contents change in place. */
export interface WindowContent<Content> {
  readonly codec: ValueCodec<Content>;
  create(): Content;
  add(content: Content, row: Row): void;
  /** Takes over what `from` has gathered; `from` is not used afterwards. */
  merge(content: Content, from: Content): void;
  /** Puts the results out, stamped with the window's last millisecond. */
  emit(key: Key, content: Content, window: WindowBounds): void;
}

type Emit = OperatorOutput<never>['emit'];

/** One accumulator a window; one result a firing. */
export function aggregateContent(
  keyField: string,
  aggregates: Readonly<Record<string, Aggregate>>,
  emit: Emit,
): WindowContent<Accumulator> {
  const aggregation = new Aggregation(aggregates);
  return {
    codec: aggregation.codec,
    create: () => aggregation.create(),
    add: (accumulator, row) => aggregation.add(accumulator, row),
    merge: (accumulator, from) => aggregation.merge(accumulator, from),
    emit(key, accumulator, window) {
      emit(key, windowResult(keyField, key, window, aggregation, accumulator), lastMsOf(window));
    },
  };
}

/** The result row of a window: the key, the bounds (none of the global window), one field an aggregate. */
export function windowResult(
  keyField: string,
  key: Key,
  { startMs, endMs }: WindowBounds,
  aggregation: Aggregation,
  accumulator: Accumulator,
): ResultRow {
  const result: ResultRow =
    endMs === Number.POSITIVE_INFINITY
      ? { [keyField]: key }
      : { [keyField]: key, windowStartMs: startMs, windowEndMs: endMs };
  aggregation.appendResults(accumulator, result);
  return result;
}

/** All rows of a window, for a function of the user's (Flink keeps them in list state). */
export function rowsContent(apply: WindowFunctionNode['apply'], emit: Emit): WindowContent<Row[]> {
  return {
    codec: ROWS_CODEC,
    create: () => [],
    add: (rows, row) => void rows.push(row),
    merge(rows, from) {
      for (const row of from) rows.push(row);
    },
    emit(key, rows, window) {
      apply(key, rows, window, (row) => emit(key, row, lastMsOf(window)));
    },
  };
}

/** Rows are immutable by their type, so that a copy may share them. */
const ROWS_CODEC: ValueCodec<Row[]> = {
  copy: (rows) => rows.slice(),
  write: (rows, writer) => writer.text(JSON.stringify(rows)),
  read: (reader) => JSON.parse(reader.text()) as Row[],
};
