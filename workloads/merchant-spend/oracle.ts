import { ExpectedRecords } from '../expected-records.ts';
import { FlatJsonReader, KeyIndex, type RecordedLog, valueBytes } from '../log/index.ts';
import type { Oracle, OutputVerdict } from '../oracle.ts';
import { COVERS, REPEAT, wrong } from '../verdicts.ts';
import { OUTPUTS } from '../workload.ts';
import { PAYMENT, SPEND } from './records.ts';

/**
 * Prefix sums of each merchant: the output with count c must carry the total of the merchant's first c payments. It covers those of
 * them that no output covered before, so an engine that merges changes gets as many samples as one that puts out each.
 */
export function spendOracle(log: RecordedLog): Oracle {
  const ledger = readPayments(log);
  const deadLetters = new ExpectedRecords('broken record', ledger.broken);
  const covered = new Uint32Array(log.keys.length);
  const merchants = new KeyIndex(log.keys);
  const spend = new FlatJsonReader(SPEND);
  let missingSamples = ledger.sequences.length;

  function observeSpend(value: Uint8Array, cover: (sequence: number) => void): OutputVerdict {
    if (!spend.read(value)) return wrong('not a result');
    const count = spend.numbers[1] as number;
    const totalMinor = spend.numbers[2] as number;
    const index = merchants.find(spend.source, spend.textStart[0] as number, spend.textEnd[0] as number);
    if (index < 0) return wrong('no such merchant');
    const first = ledger.keyStart[index] as number;
    const payments = (ledger.keyStart[index + 1] as number) - first;
    if (count < 1 || count > payments) return wrong(`the merchant has ${payments} payments`);
    const expected = ledger.totalsMinor[first + count - 1] as number;
    if (totalMinor !== expected) return wrong(`the first ${count} payments make ${expected}`);
    const before = covered[index] as number;
    if (count <= before) return REPEAT;
    for (let payment = before; payment < count; payment += 1)
      cover(ledger.sequences[first + payment] as number);
    covered[index] = count;
    missingSamples -= count - before;
    return COVERS;
  }

  return {
    expectedSamples: ledger.sequences.length,
    expectedLateRecords: 0,
    expectedDeadLetters: deadLetters.expected,
    sampleSequences: ledger.sequences,
    observe(output, value, cover) {
      if (output === OUTPUTS.result) return observeSpend(value, cover);
      if (output === OUTPUTS.deadLetter) return deadLetters.observe(value);
      return wrong(`an output that this workload does not have: ${output}`);
    },
    missing: () => ({ samples: missingSamples, lateRecords: 0, deadLetters: deadLetters.missing }),
  };
}

/** All payments, merchant by merchant: merchant i has the entries keyStart[i] to keyStart[i + 1] - 1, in the log's order. */
interface Ledger {
  readonly keyStart: Uint32Array;
  readonly sequences: Uint32Array;
  /** Of the merchant's payments up to and including this one. */
  readonly totalsMinor: Float64Array;
  readonly broken: readonly Uint8Array[];
}

function readPayments(log: RecordedLog): Ledger {
  const payment = new FlatJsonReader(PAYMENT);
  const amounts = new Float64Array(log.count);
  const keyStart = new Uint32Array(log.keys.length + 1);
  const broken: Uint8Array[] = [];
  for (let sequence = 0; sequence < log.count; sequence += 1) {
    const record = valueBytes(log, sequence);
    if (payment.read(record)) {
      const next = (log.keyOf[sequence] as number) + 1;
      amounts[sequence] = payment.numbers[2] as number;
      keyStart[next] = (keyStart[next] as number) + 1;
    } else {
      amounts[sequence] = Number.NaN;
      broken.push(record);
    }
  }
  for (let index = 1; index < keyStart.length; index += 1) {
    keyStart[index] = (keyStart[index] as number) + (keyStart[index - 1] as number);
  }
  const sequences = new Uint32Array(log.count - broken.length);
  const totalsMinor = new Float64Array(sequences.length);
  const fill = keyStart.slice();
  for (let sequence = 0; sequence < log.count; sequence += 1) {
    const amount = amounts[sequence] as number;
    if (Number.isNaN(amount)) continue;
    const key = log.keyOf[sequence] as number;
    const entry = fill[key] as number;
    sequences[entry] = sequence;
    totalsMinor[entry] = amount + (entry === keyStart[key] ? 0 : (totalsMinor[entry - 1] as number));
    fill[key] = entry + 1;
  }
  return { keyStart, sequences, totalsMinor, broken };
}
