export { renderHistoryHtml } from './page.ts';
