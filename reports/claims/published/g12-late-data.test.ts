import { expect, test } from 'vitest';
import type { Cell, Verification } from '../../model/index.ts';
import { PAIRS, type PairName } from '../claim.ts';
import { cell, latencyRun, syntheticEvidence, wrong } from '../testing/index.ts';
import { G12 } from './g12-late-data.ts';

type How = Verification['lateRecords']['how'];

const seen = (engine: Cell['engine'], how: How, expected = 800) =>
  cell(engine, [latencyRun(5_000, { lateRecords: { expected, seen: expected, how, sparkCount: null } })]);

const decide = (cells: Cell[], pair: PairName) =>
  G12.decide(syntheticEvidence({ 'late-records': cells }), PAIRS[pair]);

test('put out on one side, dropped and counted on the other: holds', () => {
  const finding = decide([seen('flink', 'side-output'), seen('spark', 'count')], 'real');
  expect(finding).toMatchObject({
    verdict: 'holds',
    because:
      'flink put out the 800 late records of its log. spark dropped the 800 late records of its log, and counted 800.',
  });
  expect(finding.conditions.join()).not.toContain('micro-batch engine');
});

test('put out on both sides: holds in part, and says that Spark cannot', () => {
  const finding = decide([seen('event', 'side-output'), seen('micro-batch', 'side-output')], 'embedded');
  expect(finding.verdict).toBe('in-part');
  expect(finding.conditions.join()).toContain("which Spark's has not");
});

test('dropped by the event-driven engine: does not hold here', () => {
  expect(decide([seen('event', 'count'), seen('micro-batch', 'count')], 'embedded').verdict).toBe('not-here');
});

test('one side, wrong outputs, or a log without late records: not measured', () => {
  const event = seen('event', 'side-output');
  const batch = seen('micro-batch', 'count');
  expect(decide([event], 'embedded').verdict).toBe('not-measured');
  expect(decide([event, { ...batch, runs: batch.runs.map(wrong) }], 'embedded').verdict).toBe('not-measured');
  expect(decide([event, seen('micro-batch', 'none', 0)], 'embedded').verdict).toBe('not-measured');
});
