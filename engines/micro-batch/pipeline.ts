import { type Capability, type Pipeline, refuseMissing, validateDataflow } from '../pipeline/index.ts';
import { superviseEngine } from '../pipeline/process/index.ts';
import { microBatchSettings } from './settings/index.ts';

const CAPABILITIES: ReadonlySet<Capability> = new Set([
  'running-aggregate',
  'tumbling-window',
  'window-changes',
  'late-count',
  'keyed-process',
  'event-time-timer',
  'exactly-once',
]);

/** The micro-batch engine: Spark Structured Streaming's model. */
export const microBatchPipeline: Pipeline = {
  engine: 'micro-batch',
  capabilities: CAPABILITIES,
  validate(dataflow, settings) {
    validateDataflow(dataflow);
    refuseMissing('micro-batch', CAPABILITIES, dataflow);
    microBatchSettings.parse(settings);
  },
  settingsSheet: (settings) => microBatchSettings.sheet(settings),
  deploy: async (deployment, onEvent) => {
    microBatchSettings.parse(deployment.settings);
    return superviseEngine({
      engine: 'micro-batch',
      entry: new URL('./process.ts', import.meta.url),
      deployment,
      onEvent,
    });
  },
};
