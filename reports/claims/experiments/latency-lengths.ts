/** What the latency runs of the embedded engines share. */
export const EMBEDDED_LATENCY = {
  engines: ['event', 'micro-batch'],
  repeats: 3,
  warmupSeconds: 3,
  warmupLimitSeconds: 6,
};

/** What those of the real systems share: a virtual machine compiles for tens of seconds. */
export const REAL_LATENCY = {
  engines: ['flink', 'spark'],
  repeats: 1,
  warmupSeconds: 20,
  warmupLimitSeconds: 40,
  floors: false,
};
