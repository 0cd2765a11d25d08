import { defineErrors } from '../../errors/index.ts';

/** Why two cells are not ranked although both carry figures. */
export const comparisonErrors = defineErrors({
  COMPARE_SETTINGS_DIFFER: {
    message: '{sides} are not ranked: their settings differ in {rows}.',
    hint: 'Give both sides the same value (`--set ENGINE.NAME=VALUE`, or one profile for both), or name the row as the variable of the comparison.',
    exit: 'invalid',
  },
});
