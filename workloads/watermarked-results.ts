import type { Row } from '../engines/pipeline/index.ts';
import { ExpectedRecords } from './expected-records.ts';
import { FlatJsonReader, type FlatSchema, type RecordedLog, valueBytes } from './log/index.ts';
import type { Oracle, OutputVerdict } from './oracle.ts';
import { COVERS, REPEAT, UNMEASURED, wrong } from './verdicts.ts';
import { OUTPUTS } from './workload.ts';

/** What comes of one key's events in event time, put out once the watermark passes the event that completes it: matches of a pattern. */
export interface WatermarkedResults {
  readonly input: FlatSchema;
  /** An int64 field of the input. Within a partition it must not step back by more than `delayMs`: no record may be late. */
  readonly timeField: string;
  /** Of the dataflow's watermark. */
  readonly delayMs: number;
  /**
   * The only right results of one key, all different.
   *
   * @param rows the key's readable records in order of time, ties in the order of the log
   */
  resultsOf(rows: readonly Row[]): readonly CompletedResult[];
}

export interface CompletedResult {
  /** Fields in the order of the dataflow's output. */
  readonly result: Row;
  /** Index in `rows` of the event that completes it. */
  readonly completedBy: number;
}

/**
 * The oracle of a dataflow whose results follow from one key's events in order of time. A sample is a result; its clock starts with the record
 * that lets the watermark pass the completing event. A result that only the end of the log lets through has no sample: whether it comes
 * depends on how an engine is stopped.
 */
export function watermarkedResultsOracle(log: RecordedLog, job: WatermarkedResults): Oracle {
  const { rowsOfKeys, broken, passing } = readEvents(log, job);
  const deadLetters = new ExpectedRecords('broken record', broken);
  const expected = new Map<string, number | undefined>();
  for (const rows of rowsOfKeys) {
    for (const { result, completedBy } of job.resultsOf(rows)) {
      expected.set(JSON.stringify(result), passing(rows[completedBy]?.[job.timeField] as number));
    }
  }
  const samples = [...expected.values()].filter((sequence) => sequence !== undefined);
  const seen = new Set<string>();
  let missingSamples = samples.length;

  function observeResult(value: Uint8Array, cover: (sequence: number) => void): OutputVerdict {
    const text = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString();
    if (!expected.has(text)) return wrong('not a result of the log');
    if (seen.has(text)) return REPEAT;
    seen.add(text);
    const sequence = expected.get(text);
    if (sequence === undefined) return UNMEASURED;
    missingSamples -= 1;
    cover(sequence);
    return COVERS;
  }

  return {
    expectedSamples: samples.length,
    expectedLateRecords: 0,
    expectedDeadLetters: deadLetters.expected,
    sampleSequences: Uint32Array.from(samples),
    observe(output, value, cover) {
      if (output === OUTPUTS.result) return observeResult(value, cover);
      if (output === OUTPUTS.deadLetter) return deadLetters.observe(value);
      return wrong(`an output that this workload does not have: ${output}`);
    },
    missing: () => ({ samples: missingSamples, lateRecords: 0, deadLetters: deadLetters.missing }),
  };
}

interface Events {
  readonly rowsOfKeys: readonly (readonly Row[])[];
  readonly broken: readonly Uint8Array[];
  /** The record with which the watermark, the least over all partitions, passes this time; undefined if none does. */
  readonly passing: (timeMs: number) => number | undefined;
}

function readEvents(log: RecordedLog, { input, timeField, delayMs }: WatermarkedResults): Events {
  const reader = new FlatJsonReader(input);
  const rowsOfKeys: Row[][] = log.keys.map(() => []);
  const broken: Uint8Array[] = [];
  const latestMs = new Map<number, number>();
  for (const partition of log.partitionOf) latestMs.set(partition, Number.NEGATIVE_INFINITY);
  const advances: { readonly sequence: number; readonly watermarkMs: number }[] = [];
  for (let sequence = 0; sequence < log.count; sequence += 1) {
    const record = valueBytes(log, sequence);
    if (!reader.read(record)) {
      broken.push(record);
      continue;
    }
    const row = JSON.parse(Buffer.from(record).toString()) as Row;
    rowsOfKeys[log.keyOf[sequence] as number]?.push(row);
    const partition = log.partitionOf[sequence] as number;
    latestMs.set(partition, Math.max(latestMs.get(partition) as number, row[timeField] as number));
    const watermarkMs = Math.min(...latestMs.values()) - delayMs - 1;
    if (watermarkMs > (advances.at(-1)?.watermarkMs ?? Number.NEGATIVE_INFINITY)) {
      advances.push({ sequence, watermarkMs });
    }
  }
  for (const rows of rowsOfKeys) {
    rows.sort((left, right) => (left[timeField] as number) - (right[timeField] as number));
  }
  return { rowsOfKeys, broken, passing: (timeMs) => firstFrom(advances, timeMs)?.sequence };
}

/** The first whose watermark is not below the time; they ascend. */
function firstFrom<Advance extends { readonly watermarkMs: number }>(
  advances: readonly Advance[],
  timeMs: number,
): Advance | undefined {
  let from = 0;
  let to = advances.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((advances[middle] as Advance).watermarkMs >= timeMs) to = middle;
    else from = middle + 1;
  }
  return advances[from];
}
