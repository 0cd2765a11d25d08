import type { Profiles } from '../../pipeline/index.ts';

/** Profiles of the event-driven engine. */
export const eventProfiles: Profiles = {
  default: {},
  'tuned-latency': { bufferTimeoutMs: 0, fetchIntervalMs: 0 },
  'tuned-throughput': {
    bufferTimeoutMs: 10,
    fetchIntervalMs: 20,
    fetchMaxBytes: 4_194_304,
    checkpointIntervalMs: 10_000,
  },
};
