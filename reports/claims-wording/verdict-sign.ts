import { VERDICT_WORDS, type Verdict } from '../claims/index.ts';

/** Beside the words of a verdict, each of another shape: none needs a colour to be told from the others. */
export const VERDICT_SIGNS: Readonly<Record<Verdict, string>> = {
  holds: '✓',
  'in-part': '◐',
  'not-here': '✗',
  'out-of-date': '↺',
  'not-measured': '○',
};

/** A verdict with its sign: `✓ holds`. */
export const verdictText = (verdict: Verdict): string =>
  `${VERDICT_SIGNS[verdict]} ${VERDICT_WORDS[verdict]}`;
