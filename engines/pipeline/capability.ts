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
  'unkeyed-aggregate': 'aggregates over all rows together, without a key',
  'late-side-output': 'late records as an output of their own',
  'late-count': 'late records dropped and counted',
  'keyed-process': 'a function per key with state',
  'event-time-timer': 'event-time timers in a keyed function',
  'slot-failure': 'one worker thread fails alone, and the engine recovers from it',
  'sliding-window': 'windows that overlap or leave gaps, at every slide',
  'session-window': 'windows that grow while rows of their key come within a gap',
  'global-window': 'one window a key that never ends, with a trigger of its own',
  'processing-time-window': "windows by the engine's clock",
  'window-trigger': 'triggers other than the end of the window: count, continuous, purging, of the user',
  'allowed-lateness': 'windows that outlive their end, and fire again for each late row',
  'window-function': 'a function over all rows of a window',
  'custom-aggregate': "aggregates of the user's",
  'processing-time-timer': 'processing-time timers in a keyed function',
  'declared-state': 'value, list, map, reducing and aggregating state by name in a keyed function',
  'state-ttl': 'state that expires after a time without use',
  'custom-watermark': "watermarks by a generator of the user's",
  pattern: 'patterns of events per key (CEP)',
  'async-io': 'a call a row to something outside, beside the stream',
  union: 'several inputs as one stream',
  connect: 'a function over two keyed inputs that share state',
  'broadcast-state': 'an input that every slot gets the whole of, as state',
  'interval-join': 'pairs of rows of two inputs within a time of each other',
  'outer-join': 'rows of the first input that found no pair in an interval join',
  deduplicate: 'the first row of each combination of values',
  'group-state': 'a function per group and batch with one state and one timeout (flatMapGroupsWithState)',
  'complete-results': 'all results there are, after each batch (complete mode)',
  'foreach-batch': "a function of the user's over the rows of each batch",
  savepoint: 'a named, relocatable snapshot at a stop, and a start from it at another parallelism',
  'exactly-once': 'outputs visible exactly once to a read_committed reader, failures included',
} as const;

export type Capability = keyof typeof CAPABILITIES;
