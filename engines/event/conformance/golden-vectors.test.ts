import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAX_PARALLELISM, type OpenBackend } from '../operator-harness/index.ts';
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
    ['flink-windows', { passed: 100, failed: 0, 'not-applicable': 300 }],
    ['flink-keyed-timers', { passed: 150, failed: 0, 'not-applicable': 0 }],
    ['flink-cep', { passed: 400, failed: 0, 'not-applicable': 0 }],
  ])('%s', async (file, tally) => {
    const outcomes = await Promise.all(readCases(file).map((vector) => eventVectorRunners[file]!(vector)));

    expect(outcomes.filter(({ outcome }) => outcome === 'failed').slice(0, 3)).toEqual([]);
    const counts: Record<string, number> = { passed: 0, failed: 0, 'not-applicable': 0 };
    for (const { outcome } of outcomes) counts[outcome]! += 1;
    expect(counts).toEqual(tally);
  });

  it('the restarts of flink-windows on RocksDB, with a cache of two entries', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-golden-'));
    const keyGroups = { first: 0, last: MAX_PARALLELISM - 1 };
    const open: OpenBackend = () =>
      openRocksDbBackend({ maxParallelism: MAX_PARALLELISM, keyGroups, folder, cacheEntries: 2 });
    const failures: unknown[] = [];
    let passed = 0;
    const restarts = readCases('flink-windows').filter((vector) =>
      JSON.stringify(vector).includes('snapshotRestore'),
    );
    for (const vector of restarts) {
      const outcome = await runWindowVectorOn(open, vector);
      if (outcome.outcome === 'passed') passed += 1;
      if (outcome.outcome === 'failed') failures.push(outcome);
    }
    await rm(folder, { recursive: true, force: true });
    expect(failures).toEqual([]);
    expect(passed).toBe(32);
  });

  it('names what it cannot run', async () => {
    const reasons = new Set<string>();
    for (const vector of readCases('flink-windows')) {
      const outcome = await eventVectorRunners['flink-windows']!(vector);
      if (outcome.outcome === 'not-applicable') reasons.add(outcome.reason);
    }
    expect([...reasons].sort()).toMatchInlineSnapshot(`
      [
        "the event engine has no continuousEventTime trigger",
        "the event engine has no count trigger",
        "the event engine has no global windows",
        "the event engine has no purgingCount trigger",
        "the event engine has no session windows",
        "the event engine has no sliding windows",
      ]
    `);
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
