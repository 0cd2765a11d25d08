import { workloadErrors } from '../errors.ts';
import {
  type ByteWriter,
  buildLog,
  keyInPartition,
  type LogFrame,
  type LogSpecification,
  type RecordedLog,
  type RecordSlot,
} from '../log/index.ts';
import {
  FIRST_EVENT_MS,
  LATE_FROM_RECORD,
  LATE_FROM_SHARE,
  LATE_SPAN_MS,
  MOST_DISPLACEMENT_MS,
  STEP_MS,
  WATERMARK_DELAY_MS,
  WINDOW_MS,
  windowStartMs,
} from './event-time.ts';
import { SENTINEL_PREFIX } from './records.ts';

const SMALLEST_AMOUNT_MINOR = 100;
const AMOUNT_RANGE_MINOR = 50_000;

/**
 * Sales in regions: `{"seq":0,"region":"region-001","amountMinor":1234,"eventTimeMs":1767225600000}`, and a sentinel at the end of
 * each partition.
 *
 * @throws WORKLOAD_PARTITION_WITHOUT_KEYS
 */
export function generateSales(specification: LogSpecification): RecordedLog {
  const { events, partitions } = specification;
  return buildLog(specification, { prefix: 'region-', leastDigits: 3 }, (frame) => {
    requireEventsEverywhere(frame);
    const amounts = frame.streams.amounts;
    const times = new EventTimes(frame);
    const closingMs = sentinelTimeMs(events);
    return {
      writeEvent(slot, writer) {
        const amountMinor = SMALLEST_AMOUNT_MINOR + amounts.below(AMOUNT_RANGE_MINOR);
        writeSale(writer, slot, amountMinor, times.next(slot));
      },
      closing: {
        keys: Array.from({ length: partitions }, (_, partition) =>
          keyInPartition(`${SENTINEL_PREFIX}${partition}-`, partition, partitions),
        ),
        write: (slot, writer) => writeSale(writer, slot, 0, closingMs),
      },
    };
  });
}

/** Event times in order of sequence numbers. */
class EventTimes {
  readonly #frame: LogFrame;
  /** Whether each partition has had a record that moves its watermark. */
  readonly #started: Uint8Array;
  #unstarted: number;

  constructor(frame: LogFrame) {
    this.#frame = frame;
    this.#started = new Uint8Array(frame.specification.partitions);
    this.#unstarted = frame.specification.partitions;
  }

  next(slot: RecordSlot): number {
    const { streams, specification } = this.#frame;
    const lateDrawn = streams.late.chance(specification.lateShare);
    const lateMs = -1 - streams.late.below(LATE_SPAN_MS / 1_000) * 1_000 - streams.late.below(1_000);
    const displaced = streams.disorder.chance(specification.disorderShare);
    const displacementMs = 1 + streams.disorder.below(MOST_DISPLACEMENT_MS);
    if (lateDrawn && this.#mayBeLate(slot)) return lateMs;
    if (!slot.broken) this.#start(slot.partition);
    const timeMs = FIRST_EVENT_MS + slot.sequence * STEP_MS;
    return displaced ? Math.max(FIRST_EVENT_MS, timeMs - displacementMs) : timeMs;
  }

  #mayBeLate({ partition, position }: RecordSlot): boolean {
    const ofPartition = this.#frame.eventsInPartition[partition] as number;
    return this.#unstarted === 0 && position >= Math.max(LATE_FROM_RECORD, LATE_FROM_SHARE * ofPartition);
  }

  #start(partition: number): void {
    if (this.#started[partition] === 1) return;
    this.#started[partition] = 1;
    this.#unstarted -= 1;
  }
}

/** Past the highest event time, the delay and one window more: it closes every window that has sales. */
function sentinelTimeMs(events: number): number {
  const highestMs = FIRST_EVENT_MS + (events - 1) * STEP_MS;
  return windowStartMs(highestMs + WATERMARK_DELAY_MS + WINDOW_MS) + WINDOW_MS;
}

function requireEventsEverywhere({ specification, eventsInPartition }: LogFrame): void {
  const partition = eventsInPartition.indexOf(0);
  if (partition < 0) return;
  const { keys, partitions } = specification;
  throw workloadErrors.error('WORKLOAD_PARTITION_WITHOUT_KEYS', { keys, partition, partitions });
}

function writeSale(
  writer: ByteWriter,
  { sequence, keyJson }: RecordSlot,
  amountMinor: number,
  eventTimeMs: number,
): void {
  writer.bytes(SEQ);
  writer.integer(sequence);
  writer.bytes(REGION);
  writer.bytes(keyJson);
  writer.bytes(AMOUNT);
  writer.integer(amountMinor);
  writer.bytes(TIME);
  writer.integer(eventTimeMs);
  writer.bytes(END);
}

const SEQ = Buffer.from('{"seq":');
const REGION = Buffer.from(',"region":');
const AMOUNT = Buffer.from(',"amountMinor":');
const TIME = Buffer.from(',"eventTimeMs":');
const END = Buffer.from('}');
