import { expect, test } from 'vitest';
import { SUSTAIN_DEFAULTS, sustainPlannedMs } from './sustain-plan.ts';

const OVERHEAD_MS = 5_000;

test.each([
  ['longer probes', { probeMs: 60_000 }],
  ['more confirmations', { confirmations: 10 }],
  ['a finer answer', { precision: 0.005 }],
  ['a range that goes higher', { highest: 100 * SUSTAIN_DEFAULTS.highest }],
])('%s take longer', (_, change) => {
  const usual = sustainPlannedMs(SUSTAIN_DEFAULTS, OVERHEAD_MS);
  expect(sustainPlannedMs({ ...SUSTAIN_DEFAULTS, ...change }, OVERHEAD_MS)).toBeGreaterThan(usual);
});

test.each([
  ['no curve', { curve: false }],
  ['a range of one rate', { from: 4_000, highest: 4_000 }],
  ['few probes', { maximumProbes: 2 }],
  ['any precision', { precision: 5 }],
])('%s takes less long', (_, change) => {
  const usual = sustainPlannedMs(SUSTAIN_DEFAULTS, OVERHEAD_MS);
  const shorter = sustainPlannedMs({ ...SUSTAIN_DEFAULTS, ...change }, OVERHEAD_MS);
  expect(shorter).toBeLessThan(usual);
  expect(shorter).toBeGreaterThan(OVERHEAD_MS);
});
