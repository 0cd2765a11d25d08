import { defineErrors } from '../../errors/index.ts';

/** Why a run prints no number: measurement.md's refusals, each with what to do about it. They are remarks of the run, and its exit code is 6. */
export const validityErrors = defineErrors({
  RUN_RATE_NOT_HELD: {
    message: 'Replay offered {offeredPerSecond}/s and {achievedPerSecond}/s were stored in time.',
    hint: 'Lower --rate, or give --producers 2.',
    exit: 'invalid',
  },
  RUN_GENERATOR_LAG: {
    message:
      'Replay sent late: p99 {lagMs} ms, limit {limitMs} ms (1 ms, or {sharePercent} % of the measured p99).',
    hint: 'Free the machine, lower --rate, or give --producers 2.',
    exit: 'invalid',
  },
  RUN_ACKED_NOT_STORED: {
    message: 'Sent {sent}, acknowledged {acknowledged}, stored {stored} records.',
    hint: 'The broker lost or repeated input, or somebody else writes to its topics.',
    exit: 'invalid',
  },
  RUN_BROKER_STALLED: {
    message: 'For {stalledMs} ms the broker acknowledged nothing while records waited (limit {limitMs} ms).',
    hint: "The figures would be the broker's. Give it memory and CPU, or use another with --brokers.",
    exit: 'invalid',
  },
  RUN_SAMPLE_COUNT: {
    message: 'The log calls for {expected} latency samples, {samples} were taken.',
    hint: 'This is a defect of the harness; please report it with the result file.',
    exit: 'invalid',
  },
  RUN_NEGATIVE_LATENCY: {
    message: '{samples} outputs were seen before their input was due.',
    hint: 'A clock is wrong, or the machine was suspended during the run.',
    exit: 'invalid',
  },
  RUN_CLOCK_TOO_COARSE: {
    message: 'The clock moves in steps of {resolutionUs} us (limit {limitUs} us).',
    hint: 'Use a machine whose clock source is finer (on Linux: tsc or kvm-clock).',
    exit: 'invalid',
  },
  RUN_MACHINE_BUSY: {
    message:
      'Other processes and the hypervisor took {share} % of the machine during the run (limit {limit} %).',
    hint: 'Stop what else runs here, or use another machine.',
    exit: 'invalid',
  },
  RUN_PHASES_DO_NOT_ADD_UP: {
    message: 'The phases of a recovery miss its total by {errorMs} ms (limit {limitMs} ms).',
    hint: 'Two clocks disagree, or an event of the recovery was lost; run it again.',
    exit: 'invalid',
  },
  RUN_DRIVER_BOUND: {
    message: '{share} % of what generator, broker and observer pass on this machine (mark at {limit} %).',
    hint: "The figure is the driver's as much as the engine's: it is shown and not ranked.",
    exit: 'ok',
  },
  RUN_ENGINE_ELSEWHERE: {
    message: 'The engine ran on a cluster: its CPU, memory and stages before visibility are not measured.',
    hint: 'Latency, throughput and recovery are: their clock is the observer here. docs/method.md says more.',
    exit: 'ok',
  },
  RUN_NEVER_STEADY: {
    message: 'The latency was not steady after {warmupMs} ms of warm-up.',
    hint: 'Give a longer --warmup-limit, or a lower --rate.',
    exit: 'ok',
  },
});
