import { FlatJsonReader, type RecordedLog, valueBytes } from '../log/index.ts';
import { isLate, windowStartMs } from './event-time.ts';
import { SALE } from './records.ts';
import { WindowClosings } from './window-closings.ts';

/** One region's window as the log calls for it. */
interface ExpectedWindow {
  readonly startMs: number;
  count: number;
  totalMinor: number;
  seen: boolean;
}

/** The right answer, read from a log. */
export interface RevenueLedger {
  /** By the region's place in the log's keys, then by window start. */
  readonly regions: readonly ReadonlyMap<number, ExpectedWindow>[];
  readonly closings: WindowClosings;
  readonly late: readonly Uint8Array[];
  readonly broken: readonly Uint8Array[];
}

export function readSales(log: RecordedLog): RevenueLedger {
  const sale = new FlatJsonReader(SALE);
  const regions = log.keys.map(() => new Map<number, ExpectedWindow>());
  const closings = new WindowClosings(log.specification.partitions);
  const late: Uint8Array[] = [];
  const broken: Uint8Array[] = [];
  for (let sequence = 0; sequence < log.count; sequence += 1) {
    const record = valueBytes(log, sequence);
    if (!sale.read(record)) {
      broken.push(record);
      continue;
    }
    const timeMs = sale.numbers[3] as number;
    if (isLate(timeMs)) {
      late.push(record);
      continue;
    }
    closings.add(log.partitionOf[sequence] as number, timeMs, sequence);
    const windows = regions[log.keyOf[sequence] as number] as Map<number, ExpectedWindow>;
    const startMs = windowStartMs(timeMs);
    const window = windows.get(startMs) ?? { startMs, count: 0, totalMinor: 0, seen: false };
    windows.set(startMs, window);
    window.count += 1;
    window.totalMinor += sale.numbers[2] as number;
  }
  return { regions, closings, late, broken };
}
