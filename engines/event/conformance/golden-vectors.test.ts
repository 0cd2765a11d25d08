import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAX_PARALLELISM, type OpenBackend, openHeapBackend } from '../operator-harness/index.ts';
import { openRocksDbBackend } from '../state/index.ts';
import { eventVectorRunners } from './index.ts';
import { runWindowVectorOn } from './window-vectors.ts';

function readCases(file: string): unknown[] {
  const text = readFileSync(new URL(`../../conformance/golden/${file}.jsonl`, import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

describe('golden vectors of Apache Flink', () => {
  it.each([
    ['flink-watermarks', { passed: 150, failed: 0, 'not-applicable': 0 }],
    ['flink-windows', { passed: 400, failed: 0, 'not-applicable': 0 }],
    ['flink-keyed-timers', { passed: 150, failed: 0, 'not-applicable': 0 }],
    ['flink-cep', { passed: 400, failed: 0, 'not-applicable': 0 }],
  ])('%s', async (file, tally) => {
    const outcomes = await Promise.all(readCases(file).map((vector) => eventVectorRunners[file]!(vector)));

    expect(outcomes.filter(({ outcome }) => outcome === 'failed').slice(0, 3)).toEqual([]);
    const counts: Record<string, number> = { passed: 0, failed: 0, 'not-applicable': 0 };
    for (const { outcome } of outcomes) counts[outcome]! += 1;
    expect(counts).toEqual(tally);
  });

  it('flink-windows with a state for each window', async () => {
    const outcomes = await Promise.all(
      readCases('flink-windows').map((vector) => runWindowVectorOn(openHeapBackend, 'separate', vector)),
    );
    expect(outcomes.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  });

  it('restarts of flink-windows on RocksDB, with a cache of two entries', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-golden-'));
    const keyGroups = { first: 0, last: MAX_PARALLELISM - 1 };
    const open: OpenBackend = () =>
      openRocksDbBackend({ maxParallelism: MAX_PARALLELISM, keyGroups, folder, cacheEntries: 2 });
    const failures: unknown[] = [];
    const restarts = readCases('flink-windows').filter((vector) =>
      JSON.stringify(vector).includes('snapshotRestore'),
    );
    expect(restarts).toHaveLength(137);
    for (const vector of restarts.filter((_, index) => index % 4 === 0)) {
      const outcome = await runWindowVectorOn(open, 'shared', vector);
      if (outcome.outcome !== 'passed') failures.push(outcome);
    }
    await rm(folder, { recursive: true, force: true });
    expect(failures).toEqual([]);
  });

  it('fails a vector whose expectation is changed', async () => {
    const vector = readCases('flink-keyed-timers')[0] as { expected: { fired: object[] }[] };
    vector.expected.find(({ fired }) => fired.length > 0)?.fired.pop();

    const outcome = await eventVectorRunners['flink-keyed-timers']!(vector);

    expect(outcome.outcome).toBe('failed');
  });

  it('refuses a case of another format', async () => {
    const run = async (): Promise<unknown> => eventVectorRunners['flink-windows']!({ id: 'fw9', steps: [] });
    await expect(run()).rejects.toMatchObject({ code: 'PIPELINE_VECTOR_INVALID', details: { id: 'fw9' } });
  });
});
