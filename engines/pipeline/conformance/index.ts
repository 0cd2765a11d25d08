export { vectorErrors } from './errors.ts';
export type * from './vector.ts';
