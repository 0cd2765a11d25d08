export { type OpenContext, openContext } from './open-context.ts';
