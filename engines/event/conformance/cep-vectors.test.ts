import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MAX_PARALLELISM, type OpenBackend, openHeapBackend } from '../operator-harness/index.ts';
import { openRocksDbBackend } from '../state/index.ts';
import { runCepVectorOn } from './cep-vectors.ts';

/** Those with events, every so manieth. */
function sample(every: number): unknown[] {
  const file = new URL('../../conformance/golden/flink-cep.jsonl', import.meta.url);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines
    .filter((line) => !line.includes('"refused":{'))
    .filter((_, index) => index % every === 0)
    .map((line) => JSON.parse(line) as unknown);
}

async function failures(open: OpenBackend, vectors: readonly unknown[]): Promise<unknown[]> {
  const failed: unknown[] = [];
  for (const vector of vectors) {
    const outcome = await runCepVectorOn(open, vector, 'restored');
    if (outcome.outcome !== 'passed') failed.push(outcome);
  }
  return failed;
}

it('flink-cep with a watermark after each time and a restore after each step', async () => {
  expect(await failures(openHeapBackend, sample(5))).toEqual([]);
});

it('the same on RocksDB, with a cache of two entries', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-cep-'));
  const keyGroups = { first: 0, last: MAX_PARALLELISM - 1 };
  const open: OpenBackend = () =>
    openRocksDbBackend({ maxParallelism: MAX_PARALLELISM, keyGroups, folder, cacheEntries: 2 });
  expect(await failures(open, sample(40))).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});
