export { bytes, percent, sharePercent, significant, whole } from './format.ts';
export { scaleFor, type UnitScale, withUnit } from './scale.ts';
