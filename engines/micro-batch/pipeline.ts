import type { Capability, Pipeline } from '../pipeline/index.ts';
import { embeddedPipeline } from '../pipeline/process/index.ts';
import { asyncProgressRefused } from './errors.ts';
import { compilePlan } from './plan/index.ts';
import { microBatchProfiles, microBatchSettings, requireAsyncProgressPossible } from './settings/index.ts';

const pipeline = embeddedPipeline({
  engine: 'micro-batch',
  capabilities: new Set<Capability>([
    'running-aggregate',
    'tumbling-window',
    'sliding-window',
    'session-window',
    'window-changes',
    'custom-aggregate',
    'unkeyed-aggregate',
    'complete-results',
    'deduplicate',
    'late-count',
    'late-side-output',
    'keyed-process',
    'event-time-timer',
    'processing-time-timer',
    'declared-state',
    'state-ttl',
    'group-state',
    'union',
    'interval-join',
    'outer-join',
    'foreach-batch',
    'exactly-once',
  ]),
  settings: microBatchSettings,
  profiles: microBatchProfiles,
  refuse: compilePlan,
  endsOfItself: ({ trigger }) => trigger === 'available-now' || trigger === 'once',
  entry: new URL('./process.ts', import.meta.url),
});

/** The micro-batch engine: Spark Structured Streaming's model. */
export const microBatchPipeline: Pipeline = {
  ...pipeline,
  validate(dataflow, given, planned) {
    pipeline.validate(dataflow, given, planned);
    const settings = microBatchSettings.parse(given);
    requireAsyncProgressPossible(settings, planned.guarantee);
    if (settings.asyncProgressTracking && compilePlan(dataflow).operator.kind !== 'pass-through') {
      throw asyncProgressRefused('a dataflow with state');
    }
  },
};
