import { defineErrors } from '../../errors/index.ts';

/** What keeps two sides from being compared at all. */
export const regressionErrors = defineErrors({
  COMPARE_NO_RESULTS: {
    message: 'The folder {path} holds no result.',
    hint: 'Give a result file, a folder that holds a result.json, or a folder of such files or folders; `crosscurrent run --out DIR` writes one.',
    exit: 'usage',
  },
});
