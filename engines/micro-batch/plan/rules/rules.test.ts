import { expect, test } from 'vitest';
import type { FieldCondition, Row, Schema } from '../../../pipeline/index.ts';
import type { RowFunction } from '../batch-plan.ts';
import { optimise } from '../compile-plan.ts';
import type { FilterRows, LogicalPlan, RowPlan, SourceRows, WatermarkRows } from '../logical-plan.ts';
import { PASS_THROUGH, type PlannedOperator } from '../planned-operator.ts';
import { fuseRows } from './fuse-rows.ts';
import { RULES, type Rule } from './index.ts';
import { partialAggregation } from './partial-aggregation.ts';
import { pruneColumns } from './prune-columns.ts';
import { pushConditions } from './push-conditions.ts';
import { watermarkFromColumn } from './watermark-from-column.ts';

const SCHEMA: Schema = { region: 'utf8', amount: 'int64', timeMs: 'int64', note: 'utf8' };
const MAPPED: Schema = { region: 'utf8', twice: 'int64', timeMs: 'int64' };
const POSITIVE: FieldCondition = { kind: 'comparison', field: 'amount', operator: '>', value: 0 };
const NORTH: FieldCondition = { kind: 'comparison', field: 'region', operator: '=', value: 'north' };
const double = ({ region, amount, timeMs }: Row): Row => ({
  region: region as string,
  twice: 2 * (amount as number),
  timeMs: timeMs as number,
});
const hasNote = (row: Row) => row.note !== '';
const isPositive = (row: Row) => (row.amount as number) > 0;
const isNorth = (row: Row) => row.region === 'north';

const SOURCE: SourceRows = {
  kind: 'source',
  input: 'input',
  schema: SCHEMA,
  columns: Object.keys(SCHEMA),
  condition: undefined,
};
const where = (child: RowPlan, condition: FieldCondition): FilterRows => ({
  kind: 'filter',
  predicate: condition === POSITIVE ? isPositive : isNorth,
  condition,
  child,
});
const noted = (child: RowPlan): FilterRows => ({
  kind: 'filter',
  predicate: hasNote,
  condition: undefined,
  child,
});
const doubled = (child: RowPlan): RowPlan => ({ kind: 'map', map: double, schema: MAPPED, child });
const timed = (child: RowPlan, seen: WatermarkRows['seen'] = 'by-row'): WatermarkRows => ({
  kind: 'watermark',
  field: 'timeMs',
  delayMs: 100,
  seen,
  child,
});
const fused = (child: RowPlan, schema: Schema, ...functions: RowFunction[]): RowPlan => ({
  kind: 'fused',
  functions,
  schema,
  child,
});
const MAP: RowFunction = { kind: 'map', map: double };
const NOTED: RowFunction = { kind: 'filter', predicate: hasNote, condition: undefined };
const NORTHERN: RowFunction = { kind: 'filter', predicate: isNorth, condition: NORTH };
const SEEN: RowFunction = { kind: 'watermark', field: 'timeMs', delayMs: 100 };
const selected = (source: SourceRows, ...columns: string[]): SourceRows => ({ ...source, columns });
const meeting = (condition: FieldCondition): SourceRows => ({ ...SOURCE, condition });
const BOTH: FieldCondition = { kind: 'and', conditions: [POSITIVE, NORTH] };

const totals = (partial: boolean): PlannedOperator => ({
  operator: {
    kind: 'aggregate',
    key: { field: 'region', type: 'utf8' },
    window: undefined,
    eventTime: undefined,
    aggregates: { total: { function: 'sum', field: 'amount' } },
    outputMode: 'update',
    partial,
  },
  reads: ['region', 'amount'],
  label: 'Aggregate',
});
const query = (rows: RowPlan, planned: PlannedOperator = PASS_THROUGH): LogicalPlan => ({
  output: 'output',
  planned,
  children: [rows],
});

interface Case {
  readonly rule: Rule;
  readonly what: string;
  readonly before: LogicalPlan;
  readonly after: LogicalPlan;
}

const rows = (rule: Rule, what: string, before: RowPlan, after: RowPlan): Case => ({
  rule,
  what,
  before: query(before),
  after: query(after),
});

const CASES: readonly Case[] = [
  rows(pushConditions, 'a condition goes into the source', where(SOURCE, POSITIVE), meeting(POSITIVE)),
  rows(pushConditions, 'and a second one to it', where(where(SOURCE, POSITIVE), NORTH), meeting(BOTH)),
  rows(
    pushConditions,
    'past a function that filters',
    where(noted(SOURCE), POSITIVE),
    noted(meeting(POSITIVE)),
  ),
  rows(
    pushConditions,
    'into each part of a union',
    where({ kind: 'union', children: [SOURCE, doubled(SOURCE)] }, NORTH),
    { kind: 'union', children: [meeting(NORTH), where(doubled(SOURCE), NORTH)] },
  ),
  rows(pushConditions, 'not past a map', where(doubled(SOURCE), NORTH), where(doubled(SOURCE), NORTH)),
  rows(pushConditions, 'not past a watermark', where(timed(SOURCE), NORTH), where(timed(SOURCE), NORTH)),
  rows(watermarkFromColumn, 'over columns', timed(SOURCE), timed(SOURCE, 'by-column')),
  rows(
    watermarkFromColumn,
    'below functions',
    noted(timed(where(SOURCE, NORTH))),
    noted(timed(where(SOURCE, NORTH), 'by-column')),
  ),
  rows(watermarkFromColumn, 'above functions', timed(noted(SOURCE)), timed(noted(SOURCE), 'by-column')),
  rows(
    watermarkFromColumn,
    'not among functions',
    where(doubled(timed(noted(SOURCE))), NORTH),
    where(doubled(timed(noted(SOURCE))), NORTH),
  ),
  rows(
    fuseRows,
    'functions with a watermark and a condition among them',
    where(doubled(timed(noted(SOURCE))), NORTH),
    fused(SOURCE, MAPPED, NOTED, SEEN, MAP, NORTHERN),
  ),
  rows(
    fuseRows,
    'not a condition or a watermark over columns',
    doubled(where(timed(SOURCE, 'by-column'), NORTH)),
    fused(where(timed(SOURCE, 'by-column'), NORTH), MAPPED, MAP),
  ),
  {
    rule: pruneColumns,
    what: 'what the operator, a condition and the watermark read stays',
    before: query(where(timed(SOURCE), POSITIVE), { ...totals(false), reads: ['region'] }),
    after: query(where(timed(selected(SOURCE, 'region', 'amount', 'timeMs')), POSITIVE), {
      ...totals(false),
      reads: ['region'],
    }),
  },
  {
    rule: pruneColumns,
    what: 'a condition in the source keeps no column',
    before: query(meeting(POSITIVE), { ...totals(false), reads: ['region'] }),
    after: query(selected(meeting(POSITIVE), 'region'), { ...totals(false), reads: ['region'] }),
  },
  {
    rule: pruneColumns,
    what: 'below a function everything stays, above it what is read',
    before: query(doubled(SOURCE), { ...totals(false), reads: ['region', 'twice'] }),
    after: query(
      { kind: 'map', map: double, schema: { region: 'utf8', twice: 'int64' }, child: SOURCE },
      { ...totals(false), reads: ['region', 'twice'] },
    ),
  },
  {
    rule: partialAggregation,
    what: 'an aggregation',
    before: query(SOURCE, totals(false)),
    after: query(SOURCE, totals(true)),
  },
  rows(partialAggregation, 'nothing else', SOURCE, SOURCE),
];

test.each(CASES)('$rule.name: $what', ({ rule, before, after }) => {
  expect(rule.apply(before)).toEqual(after);
});

test.each(CASES)('the rules together change nothing more: $what', ({ before }) => {
  const once = optimise(before);
  expect(optimise(once)).toEqual(once);
});

test('each rule has a name of its own', () => {
  expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
});
