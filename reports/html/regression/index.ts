export { renderRegressionHtml } from './page.ts';
