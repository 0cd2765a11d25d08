import type { Row } from '../../pipeline/index.ts';
import type { RawRecord } from '../exchange/index.ts';
import type { WatermarkStatus } from '../time/index.ts';

/** A row whose call is under way, or whose results wait for their turn. */
export interface PendingRow {
  readonly kind: 'row';
  readonly row: Row;
  readonly timestampMs: number;
  readonly raw: RawRecord | undefined;
  /** Input partition that the row is from, among those of all sources. */
  readonly partition: number;
  /** Undefined while the call is under way. */
  results: readonly Row[] | undefined;
}

/** What passes in its place among the rows. */
export type PendingControl =
  | { readonly kind: 'watermark'; readonly watermarkMs: number }
  | { readonly kind: 'status'; readonly status: WatermarkStatus };

export type PendingEntry = PendingRow | PendingControl;

/** Rows and watermarks on their way through an asyncMap, which leave in the order that the queue allows. */
export interface PendingQueue {
  /** Rows in it. */
  readonly rows: number;
  readonly isEmpty: boolean;
  add(entry: PendingEntry): void;
  /** The row's results are there. */
  complete(row: PendingRow, results: readonly Row[]): void;
  /** Takes out the next entry that may leave; undefined if none may. */
  take(): PendingEntry | undefined;
  /** All entries in an order in which they may be added again. */
  entries(): readonly PendingEntry[];
}
