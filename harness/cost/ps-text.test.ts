import { expect, test } from 'vitest';
import { usagesOf } from './ps-text.ts';

test('each form of time that ps prints', () => {
  const answer = '  101   0:01.25   2048\n  102  1:02:03   1024\n  103 2-01:00:00  512\n\n';
  expect([...usagesOf(answer)]).toEqual([
    [101, { cpuSeconds: 1.25, rssMb: 2 }],
    [102, { cpuSeconds: 3_723, rssMb: 1 }],
    [103, { cpuSeconds: 176_400, rssMb: 0.5 }],
  ]);
});
