import { expect, test } from 'vitest';
import { runInTurn } from '../testing/index.ts';

test("explain prints the three plans of a workload, also of a module of one's own; an engine without plans is refused", async () => {
  const [builtIn, own, other] = await runInTurn([
    ['explain', '--workload', 'merchant-spend'],
    ['explain', '--workload', './workloads/examples/page-views', '--json'],
    ['explain', '--engine', 'event'],
  ]);
  expect(builtIn?.stdout.match(/^== .* ==$/gm)).toEqual([
    '== Analyzed Logical Plan ==',
    '== Optimized Logical Plan ==',
    '== Physical Plan ==',
    '== Rules ==',
  ]);
  expect(builtIn?.stdout).toContain('DecodeJson input [merchant, amountMinor], checked only: [seq, tsMs]');
  expect(builtIn?.exitCode).toBe(0);
  expect(JSON.parse(own?.stdout ?? '')).toMatchObject([
    { workload: './workloads/examples/page-views', engine: 'micro-batch' },
  ]);
  expect(other?.exitCode).toBe(2);
  expect(other?.stderr).toContain('HARNESS_OPTION_INVALID');
});
