import type { Profiles } from '../../pipeline/index.ts';
import { throughputClientSettings } from '../../pipeline/settings/index.ts';

/** Profiles of the event-driven engine. */
export const eventProfiles: Profiles = {
  default: {},
  'tuned-latency': { bufferTimeoutMs: 0, fetchIntervalMs: 0 },
  'tuned-throughput': {
    bufferTimeoutMs: 10,
    fetchIntervalMs: 20,
    ...throughputClientSettings,
    checkpointIntervalMs: 10_000,
  },
};
