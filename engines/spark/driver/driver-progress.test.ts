import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseDriverEvent, type QueryProgress } from './driver-events.ts';
import { batchReport, DriverProgress } from './driver-progress.ts';

function batch(batchId: number, ends: Readonly<Record<string, number>>, late = 0): QueryProgress {
  return {
    batchId,
    batchDuration: 7,
    numInputRows: 10,
    durationMs: { addBatch: 5, walCommit: 1, triggerExecution: 7 },
    eventTime: { watermark: '1970-01-01T00:00:00.000Z' },
    stateOperators: [{ numRowsDroppedByWatermark: late }],
    sources: [{ endOffset: { in: { ...ends } } }],
    sink: { numOutputRows: 3 },
  };
}

test('a batch that is run again after a failure counts once', () => {
  const progress = new DriverProgress('in');
  progress.hear(batch(0, { 0: 5, 1: 7 }, 2));
  progress.hear(batch(1, { 0: 9, 1: 8 }, 3));
  progress.hear(batch(1, { 0: 9, 1: 8 }, 3));
  expect(progress.now()).toEqual({
    positions: [9, 8],
    committedPositions: [9, 8],
    watermarkMs: null,
    lateRecords: null,
    lateRowsSparkCount: 5,
    deadLetters: 0,
  });
});

test('offsets of other topics, and batches without new data, move nothing', () => {
  const progress = new DriverProgress('other');
  progress.hear(batch(0, { 0: 5 }));
  progress.hear({ ...batch(1, {}), sources: [{ endOffset: null }] });
  expect(progress.now().positions).toEqual([]);
});

test("Spark's phases are passed on, their sum is the batch's length", () => {
  expect(batchReport(10_000_000n, batch(4, { 0: 1 }))).toEqual({
    batchId: 4,
    startedAtNs: 3_000_000n,
    durationMs: 7,
    inputRows: 10,
    outputRows: 3,
    phasesMs: { addBatch: 5, walCommit: 1 },
    bytesWritten: 0,
  });
});

/** Lines of a real driver (Spark 4.2.0): regional-revenue with broken records, a SIGKILL, and the restart. */
test('the lines of a real driver are understood, each', () => {
  const lines = readFileSync(new URL('./testing/driver-lines.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const events = lines.map((line) => parseDriverEvent(line));
  expect(events.map((event) => event?.kind)).toMatchInlineSnapshot(`
    [
      "session-opened",
      "query-started",
      "query-started",
      "progress",
      "progress",
      "session-opened",
      "query-started",
      "query-started",
      "progress",
      "progress",
      "progress",
      "progress",
      "progress",
      "query-terminated",
      "query-terminated",
      "stopped",
    ]
  `);
  const progress = new DriverProgress('run-input');
  for (const event of events) {
    if (event?.kind === 'progress' && event.query === 'results') progress.hear(event.progress);
  }
  expect(progress.now()).toMatchInlineSnapshot(`
    {
      "committedPositions": [
        5623,
        3716,
        6372,
        5793,
      ],
      "deadLetters": 0,
      "lateRecords": null,
      "lateRowsSparkCount": 197,
      "positions": [
        5623,
        3716,
        6372,
        5793,
      ],
      "watermarkMs": 1767227690000,
    }
  `);
});

test.each(['', 'WARNING: Using incubator modules', '{"kind":"progress","atNs":"12'])(
  '%j is no event',
  (line) => {
    expect(parseDriverEvent(line)).toBeNull();
  },
);
