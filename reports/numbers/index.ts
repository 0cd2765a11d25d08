export { bytes, percent, significant, whole } from './format.ts';
export { scaleFor, type UnitScale, withUnit } from './scale.ts';
