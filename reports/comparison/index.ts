export { type Group, groupsOf, seriesName } from './group.ts';
export { refusalOf } from './refusal.ts';
export { summaryOf } from './summary.ts';
export { legendOf, type Table, type TableRow, tablesOf } from './table.ts';
export { verdictsOf } from './verdict.ts';
