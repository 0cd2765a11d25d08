export { cellsOn } from './differing-cells.ts';
