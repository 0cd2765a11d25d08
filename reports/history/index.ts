export type { History, HistoryEntry } from './history.ts';
export { type HistorySeries, historySeries } from './history-series.ts';
export { cellTitle, changeText, commitOf, dayOf, evidenceText, groupByCell, probability } from './labels.ts';
export { readHistory } from './read-history.ts';
export { renderHistoryJson } from './render-json.ts';
export { renderHistoryText } from './render-text.ts';
