export { fixtureResult } from './fixture-result.ts';
