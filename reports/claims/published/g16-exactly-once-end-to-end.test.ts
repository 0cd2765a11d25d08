import { expect, test } from 'vitest';
import type { Cell } from '../../model/index.ts';
import { PAIRS } from '../claim.ts';
import { cell, recoveryRun, refused, syntheticEvidence, wrong } from '../testing/index.ts';
import { G16 } from './g16-exactly-once-end-to-end.ts';

const KILLS = [{ caughtUpMs: 1_000 }, { caughtUpMs: 2_000 }];

const killed = (engine: Cell['engine'], guarantee: Cell['guarantee'], duplicates = 0, lost = 0) =>
  cell(engine, [recoveryRun(KILLS, { duplicates, lost })], { guarantee });

const EXACT = ['exactly-once'];
const embedded = (cells: Cell[]) =>
  G16.decide(
    syntheticEvidence({ 'exactly-once-kills': cells }, { event: EXACT, 'micro-batch': EXACT }),
    PAIRS.embedded,
  );

test('nothing lost or repeated on both sides: holds', () => {
  const finding = embedded([killed('event', 'exactly-once'), killed('micro-batch', 'exactly-once')]);
  expect(finding).toMatchObject({
    verdict: 'holds',
    because:
      'event lost 0 and repeated 0 outputs over 2 kills. micro-batch lost 0 and repeated 0 outputs over 2 kills.',
  });
  expect(finding.figures).toHaveLength(8);
});

test('an output that is lost, repeated or wrong: does not hold here', () => {
  const event = killed('event', 'exactly-once');
  const batch = killed('micro-batch', 'exactly-once');
  expect(embedded([event, killed('micro-batch', 'exactly-once', 3)]).verdict).toBe('not-here');
  expect(embedded([killed('event', 'exactly-once', 0, 1), batch]).verdict).toBe('not-here');
  expect(embedded([event, { ...batch, runs: batch.runs.map(wrong) }]).verdict).toBe('not-here');
});

test('a side that has no such guarantee shows what it repeats: holds in part', () => {
  const evidence = syntheticEvidence(
    {
      'exactly-once-kills': [killed('flink', 'exactly-once')],
      'recovery-by-state': [killed('spark', 'at-least-once', 41), killed('flink', 'at-least-once', 7)],
    },
    { flink: EXACT },
  );
  const finding = G16.decide(evidence, PAIRS.real);
  expect(finding.verdict).toBe('in-part');
  expect(finding.because).toContain('repeated 41 outputs over 2 kills at-least-once: it has no exactly-once');
  const neither = G16.decide(
    syntheticEvidence({
      'recovery-by-state': [killed('spark', 'at-least-once', 41), killed('flink', 'at-least-once', 7)],
    }),
    PAIRS.real,
  );
  expect(neither.verdict).toBe('not-here');
});

test('one side, a refused run, or one under another guarantee: not measured', () => {
  const event = killed('event', 'exactly-once');
  const batch = killed('micro-batch', 'exactly-once');
  expect(embedded([event]).verdict).toBe('not-measured');
  expect(embedded([event, { ...batch, runs: batch.runs.map(refused) }]).verdict).toBe('not-measured');
  expect(embedded([event, killed('micro-batch', 'at-least-once')]).verdict).toBe('not-measured');
});
