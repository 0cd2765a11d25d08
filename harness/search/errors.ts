import { defineErrors } from '../../errors/index.ts';

/** What a search for the sustainable rate may end with; those with exit `ok` are marks of a run that stands. */
export const searchErrors = defineErrors({
  SUSTAIN_PROBE_EMPTY: {
    message: 'At {ratePerSecond}/s no input of a probe of {probeMs} ms calls for an output.',
    hint: 'Give a longer --probe, or a higher --from.',
    exit: 'usage',
  },
  SUSTAIN_NONE_COMPLETE: {
    message: 'Every probe had to be broken off, so that no output could be verified as a whole.',
    hint: 'Look at the reasons above: the engine does not keep up with the lowest rate.',
    exit: 'crash',
  },
  SUSTAIN_DRIVER_FAILED: {
    message: 'Generator, broker or observer held no rate at which the engine could be judged.',
    hint: 'Free the machine, or use a broker on another with --brokers.',
    exit: 'invalid',
  },
  SUSTAIN_PROBES_SPENT: {
    message: 'After {probes} probes no rate was confirmed: what a rate gives changes from probe to probe.',
    hint: 'Free the machine, or give a longer --probe or a wider --precision.',
    exit: 'invalid',
  },
  SUSTAIN_DRIVER_BOUND: {
    message: 'The search ended at what generator, broker and observer pass on this machine.',
    hint: 'The engine may take more: the rate is shown and not ranked.',
    exit: 'ok',
  },
  SUSTAIN_NONE_HOLDS: {
    message: 'Not even {lowestPerSecond}/s keeps the objective.',
    hint: 'Give a wider --slo; under exactly-once it must be longer than a checkpoint or trigger interval.',
    exit: 'ok',
  },
});
