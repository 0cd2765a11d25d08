export { ratioSheet } from './ratio-sheet.ts';
