import type { Profiles } from '../../pipeline/index.ts';
import { throughputClientSettings } from '../../pipeline/settings/index.ts';

const QUICK_RECOVERY = {
  heartbeatIntervalMs: 500,
  heartbeatTimeoutMs: 8_000,
  restartStrategy: 'fixed-delay',
  restartDelayMs: 100,
} as const;

/** Profiles of the real Flink. */
export const flinkProfiles: Profiles = {
  default: {},
  'tuned-latency': {
    ...QUICK_RECOVERY,
    bufferTimeoutMs: 0,
    autoWatermarkIntervalMs: 10,
    objectReuse: true,
  },
  'tuned-throughput': { objectReuse: true, checkpointIntervalMs: 10_000, ...throughputClientSettings },
};
