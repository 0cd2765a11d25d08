export { CHANGE_POINT_DEFAULTS, changePoints } from './change-points.ts';
export { holm } from './holm.ts';
export { mannWhitney, smallestP, winsNeeded, winsOf } from './mann-whitney.ts';
export { median } from './median.ts';
export { type MedianInterval, medianInterval, repeated } from './median-interval.ts';
export { type Ratio, ratioInterval } from './ratio-interval.ts';
