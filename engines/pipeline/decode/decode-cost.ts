import type { Schema } from '../dataflow/index.ts';
import { compileFieldScanner, StringDictionary } from './index.ts';

/**
 * Prints what it costs to decode one record, in nanoseconds of CPU: `node engines/pipeline/decode/decode-cost.ts`. Scanner and dictionary
 * beside what a plain engine does: JSON.parse of the text and a Map of the key.
 */
interface Case {
  readonly name: string;
  readonly schema: Schema;
  readonly wanted: readonly string[];
  readonly key: string;
  readonly record: (sequence: number) => object;
}

const RECORDS = 50_000;
const ROUNDS = 15;
const KEYS = 1_000;
const START_MS = 1_700_000_000_000;

const CASES: readonly Case[] = [
  {
    name: 'merchant-spend',
    schema: { seq: 'int64', merchant: 'utf8', amountMinor: 'int64', tsMs: 'int64' },
    wanted: ['merchant', 'amountMinor'],
    key: 'merchant',
    record: (seq) => ({
      seq,
      merchant: `m-${String((seq * 7919) % KEYS).padStart(6, '0')}`,
      amountMinor: 100 + ((seq * 31) % 100_000),
      tsMs: START_MS + seq,
    }),
  },
  {
    name: 'login-tracker',
    schema: { seq: 'int64', user: 'utf8', outcome: 'utf8', tsMs: 'int64' },
    wanted: ['seq', 'user', 'outcome', 'tsMs'],
    key: 'user',
    record: (seq) => ({
      seq,
      user: `u-${String((seq * 7919) % KEYS).padStart(6, '0')}`,
      outcome: seq % 3 === 0 ? 'SUCCESS' : 'FAILED',
      tsMs: START_MS + seq,
    }),
  },
  {
    name: 'regional-revenue',
    schema: { seq: 'int64', region: 'utf8', amountMinor: 'int64', eventTimeMs: 'int64' },
    wanted: ['region', 'amountMinor', 'eventTimeMs'],
    key: 'region',
    record: (seq) => ({
      seq,
      region: `r-${(seq * 7919) % 50}`,
      amountMinor: 100 + ((seq * 31) % 100_000),
      eventTimeMs: START_MS + seq * 10,
    }),
  },
];

function encode(record: Case['record']): { readonly buffer: Buffer; readonly bounds: Int32Array } {
  const values = Array.from({ length: RECORDS }, (_, seq) => JSON.stringify(record(seq)));
  const bounds = new Int32Array(RECORDS + 1);
  for (const [index, value] of values.entries()) bounds[index + 1] = (bounds[index] as number) + value.length;
  return { buffer: Buffer.from(values.join('')), bounds };
}

/** CPU nanoseconds a record in the cheapest round: what the code costs when nothing else disturbs it, compiled by then. */
function measure(pass: () => number): number {
  let cheapestNs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    if (pass() === 0) throw new Error('a pass must find something');
    const { user, system } = process.cpuUsage(before);
    cheapestNs = Math.min(cheapestNs, ((user + system) * 1_000) / RECORDS);
  }
  return Math.round(cheapestNs);
}

for (const { name, schema, wanted, key, record } of CASES) {
  const { buffer, bounds } = encode(record);
  const scanner = compileFieldScanner(schema, wanted);
  const keyIndex = wanted.indexOf(key);
  const dictionary = new StringDictionary();
  const ids = new Map<string, number>();
  const scan = measure(() => {
    let found = 0;
    for (let i = 0; i < RECORDS; i++) {
      if (scanner.scan(buffer, bounds[i] as number, bounds[i + 1] as number)) found++;
    }
    return found;
  });
  const scanAndIntern = measure(() => {
    let found = 0;
    for (let i = 0; i < RECORDS; i++) {
      if (!scanner.scan(buffer, bounds[i] as number, bounds[i + 1] as number)) continue;
      const { textSource, textStart, textEnd } = scanner;
      found += dictionary.idOf(textSource, textStart[keyIndex] as number, textEnd[keyIndex] as number);
    }
    return found;
  });
  const parseText = (i: number) => JSON.parse(buffer.toString('utf8', bounds[i], bounds[i + 1]));
  const parse = measure(() => {
    let found = 0;
    for (let i = 0; i < RECORDS; i++) if (parseText(i)[key] !== undefined) found++;
    return found;
  });
  const parseAndIntern = measure(() => {
    let found = 0;
    for (let i = 0; i < RECORDS; i++) {
      const text: string = parseText(i)[key];
      const id = ids.get(text) ?? ids.size;
      if (id === ids.size) ids.set(text, id);
      found += id;
    }
    return found;
  });
  process.stdout.write(
    `${name.padEnd(17)} scan ${scan} ns, with dictionary ${scanAndIntern} ns; JSON.parse ${parse} ns, with Map ${parseAndIntern} ns\n`,
  );
}
