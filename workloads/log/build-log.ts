import { ByteWriter } from './byte-writer.ts';
import { keyNames } from './key-names.ts';
import { hashLog } from './log-hash.ts';
import { partitionOfKey } from './partition-of-key.ts';
import { type RandomStreams, randomStreams } from './random-streams.ts';
import type { LogSpecification, RecordedLog } from './recorded-log.ts';
import { shared } from './shared.ts';
import { parseLogSpecification } from './specification.ts';
import { Zipf } from './zipf.ts';

/** One record about to be written. The same object is used for all records. */
export interface RecordSlot {
  sequence: number;
  keyIndex: number;
  /** JSON text of the key, quotes included. */
  keyJson: Uint8Array;
  partition: number;
  /** Number of records before this one in its partition. */
  position: number;
  /** The record will be cut short after it is written: it is no event. */
  broken: boolean;
}

/** How the keys are called: the prefix, ASCII without quotes or backslashes, and a number of at least so many digits. */
interface KeyNaming {
  readonly prefix: string;
  readonly leastDigits: number;
}

/** What a workload adds to the common part of a log. */
interface LogContent {
  /** Writes the JSON of one event. Called in order of sequence numbers. */
  writeEvent(slot: RecordSlot, writer: ByteWriter): void;
  /** Writes the records after the last event: one a partition, under the given keys. */
  readonly closing?: {
    readonly keys: readonly string[];
    write(slot: RecordSlot, writer: ByteWriter): void;
  };
}

/** What is known of a log before its first value is written. */
export interface LogFrame {
  readonly specification: LogSpecification;
  readonly streams: RandomStreams;
  /** Events in each partition. */
  readonly eventsInPartition: Uint32Array;
}

/**
 * Generates a log: keys by Zipf, the partition from the key, values from the workload, some of them cut short.
 *
 * @throws the errors of `parseLogSpecification`
 */
export function buildLog(
  unchecked: LogSpecification,
  naming: KeyNaming,
  contentOf: (frame: LogFrame) => LogContent,
): RecordedLog {
  const specification = parseLogSpecification(unchecked);
  const { events, partitions, brokenShare } = specification;
  const keys = keyNames(naming.prefix, specification.keys, naming.leastDigits);
  const streams = randomStreams(specification.seed);
  const partitionOfKeyIndex = Uint8Array.from(keys, (key) => partitionOfKey(key, partitions));
  const drawn = drawKeys(specification, streams, partitionOfKeyIndex);
  const content = contentOf({ specification, streams, eventsInPartition: drawn.eventsInPartition });
  const closingKeys = content.closing?.keys ?? [];
  const allKeys = [...keys, ...closingKeys];
  const count = events + closingKeys.length;

  const keyOf = shared(Uint32Array, count);
  const partitionOf = shared(Uint8Array, count);
  const valueStart = shared(Uint32Array, count + 1);
  const keyJson = allKeys.map((key) => Buffer.from(JSON.stringify(key)));
  const writer = new ByteWriter(count * 96);
  const positions = new Uint32Array(partitions);
  const slot: RecordSlot = {
    sequence: 0,
    keyIndex: 0,
    keyJson: new Uint8Array(),
    partition: 0,
    position: 0,
    broken: false,
  };
  for (let sequence = 0; sequence < count; sequence += 1) {
    const keyIndex = sequence < events ? (drawn.keyOf[sequence] as number) : keys.length + sequence - events;
    const partition = sequence < events ? (partitionOfKeyIndex[keyIndex] as number) : sequence - events;
    slot.sequence = sequence;
    slot.keyIndex = keyIndex;
    slot.keyJson = keyJson[keyIndex] as Uint8Array;
    slot.partition = partition;
    slot.position = positions[partition] as number;
    slot.broken = sequence < events && streams.broken.chance(brokenShare);
    const start = writer.length;
    if (sequence < events) content.writeEvent(slot, writer);
    else content.closing?.write(slot, writer);
    if (slot.broken) writer.truncate(cutShort(start, writer.length, streams));
    positions[partition] = slot.position + 1;
    keyOf[sequence] = keyIndex;
    partitionOf[sequence] = partition;
    valueStart[sequence + 1] = writer.length;
  }
  const values = shared(Uint8Array, writer.length);
  values.set(writer.written);
  const log = { count, partitionOf, values, valueStart, keyOf, keys: allKeys };
  return { specification, sha256: hashLog(log), ...log };
}

function drawKeys(
  { events, keys, skew, partitions }: LogSpecification,
  streams: RandomStreams,
  partitionOfKeyIndex: Uint8Array,
) {
  const zipf = new Zipf(keys, skew);
  const keyOf = new Uint32Array(events);
  const eventsInPartition = new Uint32Array(partitions);
  for (let sequence = 0; sequence < events; sequence += 1) {
    const keyIndex = zipf.rank(streams.keys.uint32());
    const partition = partitionOfKeyIndex[keyIndex] as number;
    keyOf[sequence] = keyIndex;
    eventsInPartition[partition] = (eventsInPartition[partition] as number) + 1;
  }
  return { keyOf, eventsInPartition };
}

/** Somewhere in the second half, before the closing brace: the sequence number stays readable, so no two broken records are the same. */
function cutShort(start: number, end: number, streams: RandomStreams): number {
  const half = (end - start) >> 1;
  return start + half + streams.broken.below(half);
}
