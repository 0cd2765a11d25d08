export { renderClaimsHtml } from './page.ts';
