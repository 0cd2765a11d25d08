import { workloadErrors } from '../errors.ts';
import type { LogContent } from './log-hash.ts';
import { shared } from './shared.ts';

/** How large the columns are that a header must tell. */
interface ColumnSizes {
  /** Number of keys. */
  readonly keys: number;
  /** All keys together, as UTF-8. */
  readonly keyBytes: number;
  /** All values together. */
  readonly valueBytes: number;
}

type Recording = LogContent & { readonly dueUs: Float64Array };

export function columnSizes(log: LogContent): ColumnSizes {
  return {
    keys: log.keys.length,
    keyBytes: log.keys.reduce((sum, key) => sum + Buffer.byteLength(key), 0),
    valueBytes: log.valueStart[log.count] as number,
  };
}

/**
 * The columns of a recording, one after the other, numbers little-endian: due instants (float64, microseconds), index of the key and length of
 * the value (uint32), partition (uint8) of each record; length of each key (uint32); all keys; all values.
 */
export function* recordingChunks(log: Recording): Generator<Uint8Array> {
  const keys = log.keys.map((key) => Buffer.from(key, 'utf8'));
  yield littleEndian(log.dueUs, 8, (view, at, value) => view.setFloat64(at, value, true));
  yield littleEndian(log.keyOf, 4, setUint32);
  yield littleEndian(lengthsOf(log.valueStart), 4, setUint32);
  yield log.partitionOf;
  yield littleEndian(
    Uint32Array.from(keys, (key) => key.length),
    4,
    setUint32,
  );
  yield Buffer.concat(keys);
  yield log.values.subarray(0, log.valueStart[log.count]);
}

/** @throws WORKLOAD_LOG_UNREADABLE or WORKLOAD_LOG_TRUNCATED */
export function parseColumns(bytes: Buffer, count: number, sizes: ColumnSizes): Recording {
  const expectedBytes = count * 17 + sizes.keys * 4 + sizes.keyBytes + sizes.valueBytes;
  if (bytes.length < expectedBytes) {
    const found = Math.min(count - 1, Math.floor((bytes.length / expectedBytes) * count));
    throw workloadErrors.error('WORKLOAD_LOG_TRUNCATED', { found, expected: count });
  }
  if (bytes.length > expectedBytes) throw unreadable('bytes follow after its last record');
  let at = 0;
  const take = (length: number): Buffer => {
    const taken = bytes.subarray(at, at + length);
    at += length;
    return taken;
  };
  const dueUs = shared(Float64Array, count);
  const keyOf = shared(Uint32Array, count);
  const valueStart = shared(Uint32Array, count + 1);
  const partitionOf = shared(Uint8Array, count);
  const values = shared(Uint8Array, sizes.valueBytes);
  const [dues, keyIndexes, lengths] = [take(count * 8), take(count * 4), take(count * 4)];
  for (let sequence = 0; sequence < count; sequence += 1) {
    dueUs[sequence] = dues.readDoubleLE(sequence * 8);
    keyOf[sequence] = keyIndexes.readUInt32LE(sequence * 4);
    valueStart[sequence + 1] = (valueStart[sequence] as number) + lengths.readUInt32LE(sequence * 4);
    if ((keyOf[sequence] as number) >= sizes.keys) throw unreadable(`record ${sequence} has no key`);
  }
  if (valueStart[count] !== sizes.valueBytes)
    throw unreadable('its values are not as long as its header says');
  partitionOf.set(take(count));
  const keyLengths = take(sizes.keys * 4);
  const keys = Array.from({ length: sizes.keys }, (_, index) =>
    take(keyLengths.readUInt32LE(index * 4)).toString('utf8'),
  );
  values.set(bytes.subarray(bytes.length - sizes.valueBytes));
  return { count, partitionOf, values, valueStart, keyOf, keys, dueUs };
}

function lengthsOf(starts: Uint32Array): Uint32Array {
  return starts.slice(1).map((end, index) => end - (starts[index] as number));
}

function setUint32(view: DataView, at: number, value: number): void {
  view.setUint32(at, value, true);
}

function littleEndian(
  values: Uint32Array | Float64Array,
  width: number,
  set: (view: DataView, at: number, value: number) => void,
): Uint8Array {
  const bytes = new Uint8Array(values.length * width);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) set(view, index * width, value);
  return bytes;
}

function unreadable(problem: string): Error {
  return workloadErrors.error('WORKLOAD_LOG_UNREADABLE', { problem });
}
