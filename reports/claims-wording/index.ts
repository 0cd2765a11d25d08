export { claimedText } from './claimed-text.ts';
export { figureText } from './figure-text.ts';
export { pairText } from './pair-text.ts';
export { VERDICT_SIGNS, verdictText } from './verdict-sign.ts';
