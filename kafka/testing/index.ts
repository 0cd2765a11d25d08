export { committedValues } from './committed-values.ts';
