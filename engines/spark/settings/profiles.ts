import type { Profiles } from '../../pipeline/index.ts';

/** Profiles of the real Spark. */
export const sparkProfiles: Profiles = {
  default: {},
  'tuned-latency': { triggerIntervalMs: 0, maxPollRecords: 20_000, classArchive: true },
  'tuned-throughput': {
    triggerIntervalMs: 2_000,
    maxPollRecords: 20_000,
    fetchMaxBytes: 4_194_304,
    classArchive: true,
  },
};
