export { findChromium } from './find-chromium.ts';
export { fixtureResult } from './fixture-result.ts';
export { HOSTILE_NAMES, hostileRegression } from './hostile-regression.ts';
export { onlyRuns } from './only-runs.ts';
export { readingOf } from './reading-of.ts';
export { MALICIOUS, refusedResult } from './refused-result.ts';
export { regressionFixture, regressionSides } from './regression-fixture.ts';
export { SeededLatency } from './seeded-latency.ts';
export { sweptResult } from './swept-result.ts';
