import type { Profiles } from '../../pipeline/index.ts';
import { throughputClientSettings } from '../../pipeline/settings/index.ts';

/** Profiles of the real Spark. */
export const sparkProfiles: Profiles = {
  default: {},
  'tuned-latency': { triggerIntervalMs: 0, maxPollRecords: 20_000, classArchive: true },
  'tuned-throughput': {
    triggerIntervalMs: 2_000,
    maxPollRecords: 20_000,
    ...throughputClientSettings,
    classArchive: true,
  },
};
