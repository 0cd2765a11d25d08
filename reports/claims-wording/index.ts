export { claimedText } from './claimed-text.ts';
export { figureText } from './figure-text.ts';
export { VERDICT_SIGNS } from './verdict-sign.ts';
