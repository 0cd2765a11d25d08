import type { NamedAggregate } from '../engines/pipeline/index.ts';
import { workloadErrors } from './errors.ts';
import { ExpectedRecords } from './expected-records.ts';
import { FlatJsonReader, type FlatSchema, KeyIndex, type RecordedLog, valueBytes } from './log/index.ts';
import type { Oracle, OutputVerdict } from './oracle.ts';
import { COVERS, REPEAT, wrong } from './verdicts.ts';
import { OUTPUTS } from './workload.ts';

/** What a running aggregate is computed from, as in the dataflow. */
export interface RunningAggregates {
  /** Of the input's records; a record may hold fields beside these. */
  readonly input: FlatSchema;
  /** A utf8 field of the input: the one by which the dataflow is keyed. */
  readonly key: string;
  /** As the dataflow's `aggregate` has them: `count` exactly once, and any of `sum`, `min` and `max` over int64 fields. */
  readonly aggregates: Readonly<Record<string, NamedAggregate>>;
}

/**
 * The oracle of a dataflow that keeps aggregates for each key and puts them out when they change. The result with count c must hold the
 * aggregates of the key's first c records, and covers those of them that no result covered before: one sample a record, from an engine that
 * puts out each change and from one that merges a batch's. Records that are none of the schema must come out as dead letters.
 *
 * @throws WORKLOAD_KEY_IN_TWO_PARTITIONS, since the order of such a key's records is open
 */
export function runningAggregatesOracle(log: RecordedLog, job: RunningAggregates): Oracle {
  const names = Object.keys(job.aggregates);
  const countAt = 1 + names.findIndex((name) => job.aggregates[name]?.function === 'count');
  const ledger = readLedger(log, job);
  const deadLetters = new ExpectedRecords('broken record', ledger.broken);
  const keys = new KeyIndex(ledger.keys);
  const covered = new Uint32Array(ledger.keys.length);
  const result = new FlatJsonReader({
    [job.key]: 'utf8',
    ...Object.fromEntries(names.map((name) => [name, 'int64' as const])),
  });
  let missingSamples = ledger.sequences.length;

  function observeResult(value: Uint8Array, cover: (sequence: number) => void): OutputVerdict {
    if (!result.read(value)) return wrong('not a result');
    const key = keys.find(result.source, result.textStart[0] as number, result.textEnd[0] as number);
    if (key < 0) return wrong(`no record has this ${job.key}`);
    const first = ledger.keyStart[key] as number;
    const records = (ledger.keyStart[key + 1] as number) - first;
    const count = result.numbers[countAt] as number;
    if (count < 1 || count > records) return wrong(`the key has ${records} records`);
    for (let index = 0; index < names.length; index += 1) {
      const expected = index + 1 === countAt ? count : ledger.values[index]?.[first + count - 1];
      if (result.numbers[index + 1] !== expected) {
        return wrong(`${names[index]} of the key's first ${count} records is ${expected}`);
      }
    }
    const before = covered[key] as number;
    if (count <= before) return REPEAT;
    for (let record = before; record < count; record += 1) cover(ledger.sequences[first + record] as number);
    covered[key] = count;
    missingSamples -= count - before;
    return COVERS;
  }

  return {
    expectedSamples: ledger.sequences.length,
    expectedLateRecords: 0,
    expectedDeadLetters: deadLetters.expected,
    sampleSequences: ledger.sequences,
    observe(output, value, cover) {
      if (output === OUTPUTS.result) return observeResult(value, cover);
      if (output === OUTPUTS.deadLetter) return deadLetters.observe(value);
      return wrong(`an output that this workload does not have: ${output}`);
    },
    missing: () => ({ samples: missingSamples, lateRecords: 0, deadLetters: deadLetters.missing }),
  };
}

/** All records, key by key: key i has the entries keyStart[i] to keyStart[i + 1] - 1, in the log's order. */
interface Ledger {
  readonly keys: readonly string[];
  readonly keyStart: Uint32Array;
  readonly sequences: Uint32Array;
  /** For each aggregate, over the key's records up to and including this one; of the count nothing. */
  readonly values: readonly Float64Array[];
  readonly broken: readonly Uint8Array[];
}

const BROKEN = 0xffff_ffff;

function readLedger(log: RecordedLog, job: RunningAggregates): Ledger {
  const record = new FlatJsonReader(job.input, 'more-fields');
  const fields = Object.keys(job.input);
  const keyField = fields.indexOf(job.key);
  const places = new Map<string, number>();
  const partitionOfKey: number[] = [];
  const keyOf = new Uint32Array(log.count);
  const aggregates = Object.values(job.aggregates);
  const fieldOf = aggregates.map((aggregate) =>
    aggregate.function === 'count' ? -1 : fields.indexOf(aggregate.field),
  );
  const inputs = aggregates.map(() => new Float64Array(log.count));
  const broken: Uint8Array[] = [];
  for (let sequence = 0; sequence < log.count; sequence += 1) {
    const bytes = valueBytes(log, sequence);
    if (!record.read(bytes)) {
      keyOf[sequence] = BROKEN;
      broken.push(bytes);
      continue;
    }
    const name = record.text(keyField);
    const partition = log.partitionOf[sequence] as number;
    const key = places.get(name) ?? places.size;
    if (key === places.size) {
      places.set(name, key);
      partitionOfKey.push(partition);
    }
    const first = partitionOfKey[key] as number;
    if (first !== partition) {
      throw workloadErrors.error('WORKLOAD_KEY_IN_TWO_PARTITIONS', { key: name, first, second: partition });
    }
    keyOf[sequence] = key;
    for (let index = 0; index < inputs.length; index += 1) {
      const field = fieldOf[index] as number;
      if (field >= 0) (inputs[index] as Float64Array)[sequence] = record.numbers[field] as number;
    }
  }
  const { keyStart, sequences } = sortByKey(keyOf, places.size);
  const values = aggregates.map((aggregate, index) =>
    accumulate(aggregate, inputs[index] as Float64Array, keyStart, sequences),
  );
  return { keys: [...places.keys()], keyStart, sequences, values, broken };
}

function sortByKey(keyOf: Uint32Array, keys: number): Pick<Ledger, 'keyStart' | 'sequences'> {
  const keyStart = new Uint32Array(keys + 1);
  for (const key of keyOf) if (key !== BROKEN) keyStart[key + 1] = (keyStart[key + 1] as number) + 1;
  for (let key = 0; key < keys; key += 1) {
    keyStart[key + 1] = (keyStart[key + 1] as number) + (keyStart[key] as number);
  }
  const sequences = new Uint32Array(keyStart[keys] as number);
  const fill = keyStart.slice();
  for (const [sequence, key] of keyOf.entries()) {
    if (key === BROKEN) continue;
    const entry = fill[key] as number;
    sequences[entry] = sequence;
    fill[key] = entry + 1;
  }
  return { keyStart, sequences };
}

function accumulate(
  aggregate: NamedAggregate,
  input: Float64Array,
  keyStart: Uint32Array,
  sequences: Uint32Array,
): Float64Array {
  const values = new Float64Array(aggregate.function === 'count' ? 0 : sequences.length);
  const combine = combinerOf(aggregate);
  if (combine === undefined) return values;
  for (let key = 0; key + 1 < keyStart.length; key += 1) {
    const first = keyStart[key] as number;
    for (let entry = first; entry < (keyStart[key + 1] as number); entry += 1) {
      const value = input[sequences[entry] as number] as number;
      values[entry] = entry === first ? value : combine(values[entry - 1] as number, value);
    }
  }
  return values;
}

/** Undefined for a count, which is the record's place among those of its key. */
function combinerOf(aggregate: NamedAggregate): ((before: number, value: number) => number) | undefined {
  switch (aggregate.function) {
    case 'count':
      return undefined;
    case 'sum':
      return (before, value) => before + value;
    case 'min':
      return Math.min;
    case 'max':
      return Math.max;
    case 'avg':
      throw new Error('a mean is rounded, so that no exact answer can be asked for: use sum and count');
    default:
      return aggregate satisfies never;
  }
}
