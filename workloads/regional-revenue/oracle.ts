import { ExpectedRecords } from '../expected-records.ts';
import { FlatJsonReader, KeyIndex, type RecordedLog } from '../log/index.ts';
import type { Oracle, OutputVerdict } from '../oracle.ts';
import { COVERS, REPEAT, UNMEASURED, wrong } from '../verdicts.ts';
import { type DataflowOptions, OUTPUTS } from '../workload.ts';
import { isLate, WINDOW_MS } from './event-time.ts';
import { readSales } from './ledger.ts';
import { isSentinel, REVENUE } from './records.ts';

/**
 * Every region's windows with count and total, and every late record. A sample is a window; its clock starts with the record that
 * closes it. Windows of sentinels have no sample: whether they close depends on how an engine is stopped.
 */
export function revenueOracle(log: RecordedLog, options: DataflowOptions): Oracle {
  const { regions, closings, late, broken } = readSales(log);
  const deadLetters = new ExpectedRecords('broken record', broken);
  const lateOutput = new ExpectedRecords('late record', options.late === 'side-output' ? late : []);
  const sampleSequences = closingSequences();
  const revenue = new FlatJsonReader(REVENUE);
  const places = new KeyIndex(log.keys);
  let missingSamples = sampleSequences.length;

  function closingSequences(): Uint32Array {
    const sequences: number[] = [];
    for (const [index, windows] of regions.entries()) {
      if (isSentinel(log.keys[index] as string)) continue;
      for (const startMs of windows.keys()) {
        const sequence = closings.closingSequence(startMs);
        if (sequence !== undefined) sequences.push(sequence);
      }
    }
    return Uint32Array.from(sequences);
  }

  function observeWindow(value: Uint8Array, cover: (sequence: number) => void): OutputVerdict {
    if (!revenue.read(value)) return wrong('not a result');
    const startMs = revenue.numbers[1] as number;
    if (isLate(startMs)) return wrong('a window of late records');
    const place = places.find(revenue.source, revenue.textStart[0] as number, revenue.textEnd[0] as number);
    const window = regions[place]?.get(startMs);
    if (window === undefined) return wrong('the region has no sales in this window');
    if (revenue.numbers[2] !== startMs + WINDOW_MS) return wrong(`the window ends at ${startMs + WINDOW_MS}`);
    if (revenue.numbers[3] !== window.count || revenue.numbers[4] !== window.totalMinor) {
      return wrong(`the window has ${window.count} sales of ${window.totalMinor}`);
    }
    if (isSentinel(log.keys[place] as string)) return UNMEASURED;
    if (window.seen) return REPEAT;
    const sequence = closings.closingSequence(startMs);
    if (sequence === undefined) return wrong('no watermark can have closed this window');
    window.seen = true;
    missingSamples -= 1;
    cover(sequence);
    return COVERS;
  }

  return {
    expectedSamples: sampleSequences.length,
    expectedLateRecords: late.length,
    expectedDeadLetters: deadLetters.expected,
    sampleSequences,
    observe(output, value, cover) {
      if (output === OUTPUTS.result) return observeWindow(value, cover);
      if (output === OUTPUTS.deadLetter) return deadLetters.observe(value);
      if (output === OUTPUTS.late && options.late === 'side-output') return lateOutput.observe(value);
      return wrong(`an output that this workload does not have: ${output}`);
    },
    missing: () => ({
      samples: missingSamples,
      lateRecords: lateOutput.missing,
      deadLetters: deadLetters.missing,
    }),
  };
}
