import { expect, test } from 'vitest';
import {
  type Capability,
  count,
  dataflow,
  input,
  listState,
  refuseMissing,
  requiredCapabilities,
  valueState,
} from './index.ts';

const SALE = { region: 'utf8', eventTimeMs: 'int64' } as const;
const WATERMARK = { field: 'eventTimeMs', delayMs: 0, idleTimeoutMs: 1, alignmentMaxDriftMs: 1 } as const;
const TUMBLING = { type: 'tumbling', sizeMs: 60_000, offsetMs: 0 } as const;

const keyed = dataflow('sales')
  .source({ input: 'input', schema: SALE, deadLetterOutput: 'dead-letter' })
  .withWatermark(WATERMARK)
  .keyBy('region');
const running = keyed.aggregate({ count: count() }, { emit: 'changes' }).sink('output');
const counted = keyed
  .window(TUMBLING, { kind: 'count' })
  .aggregate({ count: count() }, { emit: 'changes' })
  .sink('output');
const kept = keyed
  .window(TUMBLING, { kind: 'side-output', output: 'late' })
  .aggregate({ count: count() }, { emit: 'final' })
  .sink('output');
const unkeyed = dataflow('sales')
  .source({ input: 'input', schema: SALE, deadLetterOutput: 'dead-letter' })
  .withWatermark(WATERMARK)
  .window(TUMBLING, { kind: 'count' })
  .aggregate({ count: count() }, { emit: 'final' })
  .sink('output');
const withState = keyed
  .keyedProcess({
    process: { processRows: () => {}, onProcessingTimeTimer: () => {} },
    orderBy: 'eventTimeMs',
    outputSchema: { region: 'utf8' },
    states: { last: valueState<number>({ ttlMs: 1 }), all: listState<number>() },
  })
  .sink('output');
const { delayMs: _, ...WITHOUT_DELAY } = WATERMARK;
const generated = dataflow('sales')
  .source({ input: 'input', schema: SALE, deadLetterOutput: 'dead-letter' })
  .withWatermark({ ...WITHOUT_DELAY, generator: () => ({ onEvent: () => {} }) })
  .sink('output');
const timedInput = (name: string) =>
  input({ input: name, schema: SALE, deadLetterOutput: 'dead-letter' }).withWatermark(WATERMARK);
const united = dataflow('sales')
  .union(timedInput('a'), timedInput('b'))
  .asyncMap(SALE, { order: 'ordered', capacity: 1, timeoutMs: 1, call: async (row) => [row] })
  .sink('output');
const connected = dataflow('sales')
  .connect(timedInput('a').keyBy('region'), timedInput('b').keyBy('region'), {
    process: { processFirst: () => {}, processSecond: () => {}, onEventTimeTimer: () => {} },
    outputSchema: SALE,
  })
  .sink('output');
const processed = (onEventTimeTimer?: () => void) =>
  keyed
    .keyedProcess({
      process: { processRows: () => {}, ...(onEventTimeTimer && { onEventTimeTimer }) },
      orderBy: 'eventTimeMs',
      outputSchema: { region: 'utf8' },
    })
    .sink('output');

test.each([
  ['running aggregate', requiredCapabilities(running), ['running-aggregate']],
  [
    'window, late counted',
    requiredCapabilities(counted),
    ['tumbling-window', 'late-count', 'window-changes'],
  ],
  ['window, late kept', requiredCapabilities(kept), ['tumbling-window', 'late-side-output']],
  [
    'window without a key',
    requiredCapabilities(unkeyed),
    ['tumbling-window', 'late-count', 'unkeyed-aggregate'],
  ],
  ['keyed process', requiredCapabilities(processed()), ['keyed-process']],
  [
    'keyed process with timers',
    requiredCapabilities(processed(() => {})),
    ['keyed-process', 'event-time-timer'],
  ],
  [
    'keyed process with declared state',
    requiredCapabilities(withState),
    ['keyed-process', 'processing-time-timer', 'declared-state', 'state-ttl'],
  ],
  ['watermarks by a generator', requiredCapabilities(generated), ['custom-watermark']],
  ['several inputs, and calls', requiredCapabilities(united), ['union', 'async-io']],
  ['connected inputs with timers', requiredCapabilities(connected), ['connect', 'event-time-timer']],
  ['guarantee', requiredCapabilities(running, 'exactly-once'), ['running-aggregate', 'exactly-once']],
])('%s', (_, required, names) => {
  expect(required.map(({ capability }) => capability)).toEqual(names);
});

test('what an engine lacks is refused by name, with the node that asks for it', () => {
  const capabilities = new Set<Capability>(['tumbling-window', 'late-count']);
  expect(() => refuseMissing('micro-batch', capabilities, kept)).toThrow(
    expect.objectContaining({
      code: 'PIPELINE_CAPABILITY_MISSING',
      message:
        'The micro-batch engine has no "late-side-output" (late records as an output of their own), which node 4 (window) of dataflow "sales" asks for.',
    }),
  );
});

test('what an engine has is not refused', () => {
  const capabilities = new Set<Capability>(['tumbling-window', 'late-side-output', 'exactly-once']);
  expect(() => refuseMissing('event', capabilities, kept, 'exactly-once')).not.toThrow();
});
