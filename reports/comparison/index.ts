export { type CellFigures, figuresOf, type Reading } from './figures.ts';
export { type Group, groupsOf, seriesName } from './group.ts';
export { refusalOf } from './refusal.ts';
export { type Summary, summaryOf } from './summary.ts';
export { legendOf, type Table, type TableRow, tablesOf } from './table.ts';
export { metricValue, type Value } from './value.ts';
export { type Verdict, verdictsOf } from './verdict.ts';
