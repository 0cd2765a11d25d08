import { defineErrors } from '../../errors/index.ts';

/** What can be wrong with a question to `advise`, or with the results that are to answer it. */
export const adviseErrors = defineErrors({
  ADVISE_SLO_INVALID: {
    message: '"{text}" is no objective: {problem}',
    hint: 'Give a metric and a limit: --slo p99=100ms, or several: --slo p99=100ms,p50=20ms,recovery=5s.',
    exit: 'usage',
  },
  ADVISE_METRIC_UNKNOWN: {
    message: 'There is no metric "{metric}" that an objective can limit.',
    hint: 'Limits are set on {known}{nearest}. The processor has an option of its own: --cost cpu=SECONDS.',
    exit: 'usage',
  },
  ADVISE_SLO_CONTRADICTION: {
    message: 'The objectives contradict each other: {problem}.',
    hint: 'Leave one of the two out, or correct it: each metric has one limit, and that of a lower percentile lies not above that of a higher one.',
    exit: 'usage',
  },
  ADVISE_NUMBER_INVALID: {
    message: 'Option {option}: "{text}" is not {wanted}.',
    hint: 'Numbers may be written 20000, 20k, 2e4 or 1.5M.',
    exit: 'usage',
  },
  ADVISE_NEED_UNKNOWN: {
    message: 'There is no capability "{need}".',
    hint: '{nearest}docs/capabilities.md lists them all, by engine. Several go with commas; `none` is none.',
    exit: 'usage',
  },
  ADVISE_INCOMPLETE: {
    message: 'The question lacks {missing}.',
    hint: 'Give at least a limit and a rate: crosscurrent advise --slo p99=100ms --rate 20000. On a terminal they are asked for.',
    exit: 'usage',
  },
  ADVISE_ANSWER_UNCLEAR: {
    message: '"{text}" is not {wanted}.',
    hint: 'Press Enter for what stands in brackets, Ctrl-C to leave.',
    exit: 'usage',
  },
  ADVISE_NO_RESULTS: {
    message: 'No result that advice could rest on lies in {places}{skipped}.',
    hint: 'Make one: npx crosscurrent run --preset bench --out results/bench; or name a result file, or a folder that holds some.',
    exit: 'usage',
  },
  ADVISE_NOT_REPRODUCIBLE: {
    message:
      'What is advised cannot be run again: it was measured with settings that this version does not have.',
    hint: 'Measure with this version, as with npx crosscurrent run --preset bench, and ask again; --machine chooses the results.',
    exit: 'usage',
  },
  ADVISE_MACHINE_UNCLEAR: {
    message: '--machine "{text}" names {found} of the grounds on which these results were measured: {known}.',
    hint: 'Give a part of exactly one of these descriptions, or name the result files of one machine.',
    exit: 'usage',
  },
});
