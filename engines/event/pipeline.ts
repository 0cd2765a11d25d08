import type { Capability, Pipeline } from '../pipeline/index.ts';
import { embeddedPipeline } from '../pipeline/process/index.ts';
import { eventProfiles, eventSettings } from './settings/index.ts';

/** The event-driven engine: each record passes through the operators as it comes, after Flink's model. */
export const eventPipeline: Pipeline = embeddedPipeline({
  engine: 'event',
  capabilities: new Set<Capability>([
    'running-aggregate',
    'every-change',
    'tumbling-window',
    'sliding-window',
    'session-window',
    'global-window',
    'processing-time-window',
    'window-trigger',
    'allowed-lateness',
    'window-function',
    'custom-aggregate',
    'late-side-output',
    'late-count',
    'keyed-process',
    'event-time-timer',
    'pattern',
    'processing-time-timer',
    'declared-state',
    'state-ttl',
    'async-io',
    'union',
    'connect',
    'broadcast-state',
    'interval-join',
    'custom-watermark',
    'slot-failure',
    'savepoint',
    'exactly-once',
  ]),
  settings: eventSettings,
  profiles: eventProfiles,
  entry: new URL('./process.ts', import.meta.url),
});
