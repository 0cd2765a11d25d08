import { defineErrors } from '../../errors/index.ts';

/** What keeps two sides from being compared at all: their results or the settings of the comparison. */
export const regressionErrors = defineErrors({
  COMPARE_NO_RESULTS: {
    message: 'The folder {path} holds no result.',
    hint: 'Give a result file, a folder that holds a result.json, or a folder of such files or folders; `crosscurrent run --out DIR` writes one.',
    exit: 'usage',
  },
  COMPARE_CONFIG: {
    message: 'The comparison settings in {path} cannot be used: {reason}.',
    hint: 'Give a YAML or JSON file with `alpha`, `minimumRuns` and `metrics`, each metric by its id with `level` (error, warn or off), `minimumEffect` (a share: 0.05 is 5 %) and `direction`; docs/metrics.md lists the ids.',
    exit: 'usage',
  },
});
