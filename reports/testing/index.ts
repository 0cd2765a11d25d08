export { findChromium } from './find-chromium.ts';
export { fixtureResult } from './fixture-result.ts';
export { MALICIOUS, refusedResult } from './refused-result.ts';
export { sweptResult } from './swept-result.ts';
