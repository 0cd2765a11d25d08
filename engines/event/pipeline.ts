import { type Capability, type Pipeline, refuseMissing, validateDataflow } from '../pipeline/index.ts';
import { superviseEngine } from '../pipeline/process/index.ts';
import { eventSettings } from './settings/index.ts';

const CAPABILITIES_OF_EVENT: ReadonlySet<Capability> = new Set<Capability>([
  'running-aggregate',
  'tumbling-window',
  'late-side-output',
  'late-count',
  'keyed-process',
  'event-time-timer',
  'exactly-once',
]);

/** The event-driven engine: each record passes through the operators as it comes, after Flink's model. */
export const eventPipeline: Pipeline = {
  engine: 'event',
  capabilities: CAPABILITIES_OF_EVENT,
  validate: (dataflow, settings) => {
    validateDataflow(dataflow);
    refuseMissing('event', CAPABILITIES_OF_EVENT, dataflow);
    eventSettings.parse(settings);
  },
  settingsSheet: (settings) => eventSettings.sheet(settings),
  deploy: async (deployment, onEvent) => {
    eventSettings.parse(deployment.settings);
    return superviseEngine({
      engine: 'event',
      entry: new URL('./process.ts', import.meta.url),
      deployment,
      onEvent,
    });
  },
};
