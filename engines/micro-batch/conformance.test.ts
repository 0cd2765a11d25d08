import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { microBatchVectorRunners } from './conformance.ts';

/** Exact numbers, so that a runner that quietly turns cases down is noticed. */
const FILES = [
  { name: 'spark-windows', passed: 60, notApplicable: 0 },
  { name: 'spark-state', passed: 30, notApplicable: 0 },
];

test.each(FILES)('$name: every applicable case is as Spark printed it', async ({ name, ...counts }) => {
  const file = new URL(`../conformance/golden/${name}.jsonl`, import.meta.url);
  const runner = microBatchVectorRunners[name];
  const seen = { passed: 0, notApplicable: 0 };
  const failed: unknown[] = [];
  for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
    const vectorCase = JSON.parse(line) as { id: string };
    const outcome = await runner?.(vectorCase);
    if (outcome?.outcome === 'passed') seen.passed++;
    else if (outcome?.outcome === 'not-applicable') seen.notApplicable++;
    else failed.push({ id: vectorCase.id, outcome });
  }
  expect(failed).toEqual([]);
  expect(seen).toEqual(counts);
});

test('a case that is not of the format is refused', async () => {
  await expect(async () => microBatchVectorRunners['spark-windows']?.({ id: 'x' })).rejects.toMatchObject({
    code: 'PIPELINE_VECTOR_INVALID',
  });
});
