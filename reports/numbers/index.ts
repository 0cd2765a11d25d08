export { percent, significant, whole } from './format.ts';
export { scaleFor, withUnit } from './scale.ts';
