import { expect, test } from 'vitest';
import type { DataflowNode, Row } from '../../pipeline/index.ts';
import { columnsOfRows, rowReader } from '../columnar/index.ts';
import type { SourcePlan } from './batch-plan.ts';
import { compilePlan } from './compile-plan.ts';
import { runSteps } from './run-steps.ts';

const SOURCE: DataflowNode = {
  kind: 'source',
  input: 'input',
  schema: { id: 'int64', region: 'utf8', amount: 'int64', timeMs: 'int64', note: 'utf8' },
  deadLetterOutput: 'dead-letter',
};
const WATERMARK: DataflowNode = {
  kind: 'watermark',
  field: 'timeMs',
  delayMs: 100,
  idleTimeoutMs: 0,
  alignmentMaxDriftMs: 0,
};
const BY_REGION: DataflowNode = { kind: 'keyBy', field: 'region' };
const TOTALS: DataflowNode = {
  kind: 'aggregate',
  aggregates: { n: { function: 'count' }, total: { function: 'sum', field: 'amount' } },
  emit: 'changes',
};
const SINK: DataflowNode = { kind: 'sink', output: 'output' };
const plan = (...nodes: DataflowNode[]) => compilePlan({ name: 'test', nodes: [SOURCE, ...nodes, SINK] });
const sourcePlan = (...nodes: DataflowNode[]) => plan(...nodes).sources[0] as SourcePlan;

test('an aggregation reads its key, its fields and the event time, and nothing else', () => {
  expect(sourcePlan(BY_REGION, TOTALS).columns).toEqual(['region', 'amount']);
  expect(sourcePlan(WATERMARK, BY_REGION, TOTALS).columns).toEqual(['region', 'amount', 'timeMs']);
});

test('a function may read anything', () => {
  const filter: DataflowNode = { kind: 'filter', predicate: (row) => row.note !== '' };
  expect(sourcePlan(filter, BY_REGION, TOTALS).columns).toEqual(['id', 'region', 'amount', 'timeMs', 'note']);
});

test('final windows are append mode with event time, changes without a window never close', () => {
  const window: DataflowNode = {
    kind: 'window',
    window: { type: 'tumbling', sizeMs: 60, offsetMs: 5 },
    late: { kind: 'count' },
  };
  expect(plan(WATERMARK, BY_REGION, window, { ...TOTALS, emit: 'final' }).operator).toMatchObject({
    outputMode: 'append',
    window: { sizeMs: 60, slideMs: 60, offsetMs: 5 },
    eventTime: { field: 'timeMs', delayMs: 100 },
  });
  expect(plan(WATERMARK, BY_REGION, TOTALS).operator).toMatchObject({
    outputMode: 'update',
    window: undefined,
    eventTime: undefined,
  });
});

test('functions are one step, a watermark among them too; it sees what reaches it', () => {
  const compiled = sourcePlan(
    { kind: 'filter', predicate: (row) => (row.amount as number) > 0 },
    { kind: 'map', schema: { region: 'utf8', twice: 'int64', timeMs: 'int64' }, map: twice },
    WATERMARK,
    { kind: 'filter', predicate: (row) => (row.twice as number) < 10 },
  );
  expect(compiled.steps.map(({ kind }) => kind)).toEqual(['rows']);
  const rows = [
    { id: 1, region: 'n', amount: 4, timeMs: 10, note: '' },
    { id: 2, region: 's', amount: -1, timeMs: 99, note: '' },
    { id: 3, region: 'e', amount: 7, timeMs: 20, note: '' },
  ];
  const { batch, eventTimes } = runSteps(compiled.steps, columnsOfRows(rows, compiled.schema));
  expect(eventTimes).toEqual({ rows: 2, minimumMs: 10, maximumMs: 20, sumMs: 30 });
  const rowAt = rowReader(batch);
  expect(Array.from({ length: batch.rowCount }, (_, index) => rowAt(index))).toEqual([
    { region: 'n', twice: 8, timeMs: 10 },
  ]);
});

test('a partition without rows moves no watermark', () => {
  const compiled = sourcePlan(WATERMARK, BY_REGION, TOTALS);
  const empty = columnsOfRows([], compiled.schema);
  expect(runSteps(compiled.steps, empty).eventTimes).toBeUndefined();
});

function twice({ region, amount, timeMs }: Row): Row {
  return { region: region as string, twice: (amount as number) * 2, timeMs: timeMs as number };
}
