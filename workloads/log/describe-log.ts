import type { LogSpecification, RecordedLog } from './recorded-log.ts';
import { valueReader } from './value-text.ts';

const TOP_KEYS = 5;

/** Facts about a log, counted from its bytes. */
interface LogDescription {
  readonly specification: LogSpecification;
  readonly sha256: string;
  readonly records: number;
  /** Of the values alone. */
  readonly valueBytes: number;
  readonly recordsByPartition: readonly number[];
  /** Keys that occur. */
  readonly distinctKeys: number;
  readonly topKeys: readonly KeyCount[];
  readonly brokenRecords: number;
  /** Null where event time plays no part. */
  readonly eventTime: EventTimeDescription | null;
  readonly firstValue: string;
  readonly lastValue: string;
}

interface KeyCount {
  readonly key: string;
  readonly records: number;
  readonly share: number;
}

interface EventTimeDescription {
  /** Before 1970: every legal watermark calls these late. */
  readonly lateRecords: number;
  readonly lateShare: number;
  /** In time, and behind a record before them in the log. */
  readonly displacedRecords: number;
  readonly displacedShare: number;
  /** How far the farthest is behind the highest event time before it, milliseconds. */
  readonly largestDisplacementMs: number;
  readonly earliestOnTimeMs: number;
  readonly latestMs: number;
}

export function describeLog(log: RecordedLog): LogDescription {
  const textOf = valueReader(log);
  const byKey = new Uint32Array(log.keys.length);
  const byPartition = new Array<number>(log.specification.partitions).fill(0);
  const times = new EventTimes();
  let brokenRecords = 0;
  for (let sequence = 0; sequence < log.count; sequence += 1) {
    const key = log.keyOf[sequence] as number;
    const partition = log.partitionOf[sequence] as number;
    byKey[key] = (byKey[key] as number) + 1;
    byPartition[partition] = (byPartition[partition] ?? 0) + 1;
    const event = parse(textOf(sequence));
    if (event === undefined) brokenRecords += 1;
    else if (typeof event.eventTimeMs === 'number') times.add(event.eventTimeMs);
  }
  const ranked = Array.from(byKey, (records, index) => ({
    key: log.keys[index] as string,
    records,
    share: records / log.count,
  }));
  return {
    specification: log.specification,
    sha256: log.sha256,
    records: log.count,
    valueBytes: log.valueStart[log.count] as number,
    recordsByPartition: byPartition,
    distinctKeys: ranked.filter(({ records }) => records > 0).length,
    topKeys: ranked.sort(byRecordsThenName).slice(0, TOP_KEYS),
    brokenRecords,
    eventTime: times.describe(log.count),
    firstValue: textOf(0),
    lastValue: textOf(log.count - 1),
  };
}

function byRecordsThenName(left: KeyCount, right: KeyCount): number {
  return right.records - left.records || (left.key < right.key ? -1 : 1);
}

class EventTimes {
  #late = 0;
  #displaced = 0;
  #largestDisplacementMs = 0;
  #earliestMs = Number.POSITIVE_INFINITY;
  #latestMs = Number.NEGATIVE_INFINITY;

  add(timeMs: number): void {
    if (timeMs < 0) {
      this.#late += 1;
      return;
    }
    if (timeMs < this.#latestMs) {
      this.#displaced += 1;
      this.#largestDisplacementMs = Math.max(this.#largestDisplacementMs, this.#latestMs - timeMs);
    }
    this.#earliestMs = Math.min(this.#earliestMs, timeMs);
    this.#latestMs = Math.max(this.#latestMs, timeMs);
  }

  describe(records: number): EventTimeDescription | null {
    if (this.#latestMs === Number.NEGATIVE_INFINITY) return null;
    return {
      lateRecords: this.#late,
      lateShare: this.#late / records,
      displacedRecords: this.#displaced,
      displacedShare: this.#displaced / records,
      largestDisplacementMs: this.#largestDisplacementMs,
      earliestOnTimeMs: this.#earliestMs,
      latestMs: this.#latestMs,
    };
  }
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
