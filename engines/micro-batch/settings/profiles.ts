import type { Profiles } from '../../pipeline/index.ts';
import { throughputClientSettings } from '../../pipeline/settings/index.ts';

/** Profiles of the micro-batch engine. */
export const microBatchProfiles: Profiles = {
  default: {},
  // The interval has no part in low-latency: it is the one that Spark's profile has, so that the two may be ranked.
  'tuned-latency': { trigger: 'low-latency', triggerIntervalMs: 0 },
  'tuned-throughput': { triggerIntervalMs: 2_000, maxRecordsPerBatch: 0, ...throughputClientSettings },
};
