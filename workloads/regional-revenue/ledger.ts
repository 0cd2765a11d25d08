import { FlatJsonReader, type RecordedLog, valueReader } from '../log/index.ts';
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
  /** By region, then by window start. */
  readonly regions: ReadonlyMap<string, ReadonlyMap<number, ExpectedWindow>>;
  readonly closings: WindowClosings;
  readonly late: readonly string[];
  readonly broken: readonly string[];
}

export function readSales(log: RecordedLog): RevenueLedger {
  const textOf = valueReader(log);
  const sale = new FlatJsonReader(SALE);
  const regions = new Map<string, Map<number, ExpectedWindow>>(log.keys.map((key) => [key, new Map()]));
  const closings = new WindowClosings(log.specification.partitions);
  const late: string[] = [];
  const broken: string[] = [];
  for (let sequence = 0; sequence < log.count; sequence += 1) {
    const text = textOf(sequence);
    if (!sale.read(text)) {
      broken.push(text);
      continue;
    }
    const timeMs = sale.numbers[3] as number;
    if (isLate(timeMs)) {
      late.push(text);
      continue;
    }
    closings.add(log.partitionOf[sequence] as number, timeMs, sequence);
    const region = log.keys[log.keyOf[sequence] as number] as string;
    const windows = regions.get(region) as Map<number, ExpectedWindow>;
    const startMs = windowStartMs(timeMs);
    const window = windows.get(startMs) ?? { startMs, count: 0, totalMinor: 0, seen: false };
    windows.set(startMs, window);
    window.count += 1;
    window.totalMinor += sale.numbers[2] as number;
  }
  return { regions, closings, late, broken };
}
