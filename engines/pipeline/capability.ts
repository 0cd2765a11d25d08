/**
 * What a dataflow may ask for and not every engine's model has. One table, read by validation, the docs and the conformance suite.
 * An engine refuses what it lacks, by this name; it never approximates.
 */
export const CAPABILITIES = {
  'running-aggregate':
    'aggregates per key without a window, every change put out (changes of one batch may be merged)',
  'every-change': 'each change of a running aggregate put out on its own, none merged',
  'tumbling-window': 'event-time tumbling windows, each put out once, when the watermark closes it',
  'window-changes': 'results of a window before it closes (update mode)',
  'late-side-output': 'late records as an output of their own',
  'late-count': 'late records dropped and counted',
  'keyed-process': 'a function per key with state',
  'event-time-timer': 'event-time timers in a keyed function',
  'slot-failure': 'one worker thread fails alone, and the engine recovers from it',
  'exactly-once': 'outputs visible exactly once to a read_committed reader, failures included',
} as const;

export type Capability = keyof typeof CAPABILITIES;
