export type { History } from './history.ts';
export { historySeries } from './history-series.ts';
export { readHistory } from './read-history.ts';
export { renderHistoryJson } from './render-json.ts';
export { renderHistoryText } from './render-text.ts';
