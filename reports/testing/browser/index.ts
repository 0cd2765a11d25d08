export { axeViolations, cutOffTexts, openPage, sidewaysScroll, startChromium } from './opened-page.ts';
