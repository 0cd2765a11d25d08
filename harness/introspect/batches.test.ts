import { expect, test } from 'vitest';
import type { StreamingQueryProgress } from '../../engines/pipeline/index.ts';
import { batchLine } from './batch-line.ts';
import { BatchLog } from './batch-log.ts';

function progressOf(batchId: number, numInputRows: number, batchDuration: number): StreamingQueryProgress {
  return {
    id: 'id',
    runId: 'run',
    name: null,
    timestamp: '2026-01-01T00:00:00.000Z',
    batchId,
    batchDuration,
    numInputRows,
    durationMs: { addBatch: batchDuration - 1, triggerExecution: batchDuration },
    eventTime: { max: '2026-01-01T00:00:12.300Z', watermark: '2026-01-01T00:00:10.000Z' },
    stateOperators: [
      {
        operatorName: 'stateStoreSave',
        numRowsTotal: 100 + batchId,
        numRowsUpdated: 1,
        allUpdatesTimeMs: 1,
        numRowsRemoved: 0,
        allRemovalsTimeMs: 0,
        commitTimeMs: 1,
        memoryUsedBytes: 0,
        numRowsDroppedByWatermark: 2,
        numShufflePartitions: 2,
        numStateStoreInstances: 2,
      },
    ],
    sources: [],
    sink: { description: 'results', numOutputRows: 7 },
  };
}

test('a run keeps the newest ten batches, and sums of all', () => {
  const log = new BatchLog();
  for (let batchId = 0; batchId < 25; batchId++) {
    log.hear(progressOf(batchId, batchId === 3 ? 0 : 1_000, 10 + batchId), batchId > 20);
  }
  const { newest, ...sums } = log.describe() ?? { newest: [] };
  expect(newest.map(({ batchId }) => batchId)).toEqual([15, 16, 17, 18, 19, 20, 21, 22, 23, 24]);
  expect(sums).toEqual({
    batches: 25,
    withoutInput: 1,
    fellBehind: 4,
    inputRows: 24_000,
    outputRows: 175,
    meanMs: 22,
    longestMs: 34,
    stateRows: 124,
    rowsDroppedByWatermark: 50,
  });
});

test('nothing is said of an engine that told of no batch', () => {
  expect(new BatchLog().describe()).toBeNull();
});

test('a line a batch', () => {
  expect(batchLine(progressOf(12, 5_000, 43), true)).toMatchInlineSnapshot(
    `"batch 12: 5,000 in, 7 out, 43 ms, state 112, late 2, watermark -2.30 s, fell behind"`,
  );
  const stateless = { ...progressOf(3, 10, 4), stateOperators: [], eventTime: {} };
  expect(batchLine(stateless, false)).toMatchInlineSnapshot(`"batch 3: 10 in, 7 out, 4 ms"`);
});
