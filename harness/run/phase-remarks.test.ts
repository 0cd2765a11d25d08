import { expect, test } from 'vitest';
import { phaseRemarks } from './phase-remarks.ts';

test.each<[number | null, readonly string[]]>([
  [0, []],
  [50, []],
  [null, []],
  [51, ['RUN_PHASES_DO_NOT_ADD_UP']],
])('phases that miss the total by %s ms: %j', (phaseSumErrorMs, codes) => {
  const remarks = phaseRemarks([{ phaseSumErrorMs: 0 }, { phaseSumErrorMs }]);
  expect(remarks.map(({ code }) => code)).toEqual(codes);
  for (const { level } of remarks) expect(level).toBe('invalid');
});
