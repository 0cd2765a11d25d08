import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventVectorRunners } from './index.ts';

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
    ['flink-cep', { passed: 0, failed: 0, 'not-applicable': 400 }],
  ])('%s', async (file, tally) => {
    const outcomes = await Promise.all(readCases(file).map((vector) => eventVectorRunners[file]!(vector)));

    expect(outcomes.filter(({ outcome }) => outcome === 'failed').slice(0, 3)).toEqual([]);
    const counts: Record<string, number> = { passed: 0, failed: 0, 'not-applicable': 0 };
    for (const { outcome } of outcomes) counts[outcome]! += 1;
    expect(counts).toEqual(tally);
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
