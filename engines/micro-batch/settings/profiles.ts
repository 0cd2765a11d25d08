import type { Profiles } from '../../pipeline/index.ts';
import { throughputClientSettings } from '../../pipeline/settings/index.ts';

/** Profiles of the micro-batch engine. */
export const microBatchProfiles: Profiles = {
  default: {},
  'tuned-latency': { triggerIntervalMs: 0 },
  'tuned-throughput': { triggerIntervalMs: 2_000, maxRecordsPerBatch: 0, ...throughputClientSettings },
};
