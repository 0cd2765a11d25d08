import { expect, test } from 'vitest';
import { describeBracket, describeStep } from './sustain-text.ts';

test('a step says what was measured, what follows, and how many are left', () => {
  const measured = { p99Us: 612_345, lagSlopePerSecond: 131.4, drainMs: 812.6 };
  const reasons = ['the lag grew by 131 records/s, 100 may'];
  expect(
    describeStep({ ratePerSecond: 10_000, purpose: 'bisect', verdict: 'fails', reasons, ...measured }, 7, 33),
  ).toMatchInlineSnapshot(
    `"probe 7 (bisect) 10,000/s: p99 612.3 ms, lag +131 records/s, drained in 813 ms, fails: the lag grew by 131 records/s, 100 may (at most 33 more)"`,
  );
});

test('a probe that was broken off has nothing measured', () => {
  const unknown = { p99Us: null, lagSlopePerSecond: null, drainMs: null };
  const reasons = ['broken off: 800 inputs had waited for over 3000 ms'];
  expect(
    describeStep({ ratePerSecond: 64_000, purpose: 'bracket', verdict: 'fails', reasons, ...unknown }, 1, 39),
  ).toMatchInlineSnapshot(
    `"probe 1 (bracket) 64,000/s: fails: broken off: 800 inputs had waited for over 3000 ms (at most 39 more)"`,
  );
});

const found = {
  slo: { percentile: 99, limitMs: 500 },
  sustainablePerSecond: 12_345,
  bracket: { holds: 12_345, fails: 12_700 },
  limitedBy: 'engine' as const,
  confirmations: 3,
  steps: [],
  curve: [],
};

test('an answer comes with its bracket', () => {
  expect(describeBracket(found)).toMatchInlineSnapshot(
    `"sustainable: 12,345/s, held 3 times; bracket: 12,345/s holds, 12,700/s does not; limited by the engine, 0 probes"`,
  );
});

test('no answer is said as well', () => {
  const bracket = { holds: null, fails: 10 };
  expect(
    describeBracket({ ...found, sustainablePerSecond: null, bracket, limitedBy: 'driver' }),
  ).toMatchInlineSnapshot(
    `"no sustainable rate; bracket: no rate holds, 10/s does not; limited by the driver, 0 probes"`,
  );
});
