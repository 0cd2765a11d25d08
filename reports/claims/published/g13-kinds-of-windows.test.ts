import { expect, test } from 'vitest';
import { PAIRS } from '../claim.ts';
import { syntheticEvidence } from '../testing/index.ts';
import { G13 } from './g13-kinds-of-windows.ts';

const FLINK = ['tumbling-window', 'sliding-window', 'session-window', 'global-window'];
const OLD_SPARK = ['tumbling-window', 'sliding-window'];

const decide = (event: readonly string[], batch: readonly string[]) =>
  G13.decide(syntheticEvidence({}, { event, 'micro-batch': batch }), PAIRS.embedded);

test('session windows on the micro-batch side: out of date', () => {
  const finding = decide(FLINK, [...OLD_SPARK, 'session-window']);
  expect(finding).toMatchObject({
    verdict: 'out-of-date',
    because:
      'event has tumbling, sliding, session and global windows; micro-batch has tumbling, sliding and session windows.',
  });
  expect(finding.figures.map(({ estimate, experiment }) => [estimate.median, experiment])).toEqual([
    [4, null],
    [3, null],
  ]);
});

test('as it was published: holds', () => {
  expect(decide(FLINK, OLD_SPARK).verdict).toBe('holds');
});

test('another set of windows: does not hold here', () => {
  expect(decide(OLD_SPARK, OLD_SPARK).verdict).toBe('not-here');
  expect(decide(FLINK, ['tumbling-window']).verdict).toBe('not-here');
});

test('the real systems by their documentation, whatever the adapters use', () => {
  const finding = G13.decide(syntheticEvidence({}, { spark: ['tumbling-window'] }), PAIRS.real);
  expect(finding).toMatchObject({
    verdict: 'out-of-date',
    conditions: [expect.stringContaining('documentation')],
  });
});

test('nothing known of an engine: not measured', () => {
  expect(decide([], FLINK).verdict).toBe('not-measured');
});
