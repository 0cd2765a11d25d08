import { describe, expect, it } from 'vitest';
import { sum, type WindowFunctionNode } from '../../pipeline/index.ts';
import type { OperatorEmission } from '../operator-harness/index.ts';
import { runWindow, type WindowCase } from './testing/run-window.ts';
import { WINDOW_OPERATOR_CASES } from './testing/window-operator-cases.ts';

/** The sum of a window's rows, as Flink's tests have it in their window functions. */
const SUM_OF_ROWS: WindowFunctionNode = {
  kind: 'windowFunction',
  outputSchema: {},
  apply(key, rows, { startMs, endMs }, emit) {
    const total = rows.reduce((sum, { value }) => sum + (value as number), 0);
    emit({ key, windowStartMs: startMs, windowEndMs: endMs, total });
  },
};

const WAYS: readonly (readonly [string, Omit<WindowCase, 'node'>])[] = [
  ['an aggregate', { aggregates: { total: sum('value') } }],
  ['an aggregate, a state for each window', { aggregates: { total: sum('value') }, windows: 'separate' }],
  ['a function over the rows', { operation: SUM_OF_ROWS }],
];

/** As the cases write it. */
function described(emission: OperatorEmission<string>, bounds: 'with-bounds' | 'by-time'): string {
  switch (emission.kind) {
    case 'late':
      return `late ${emission.raw}`;
    case 'side':
      return `side ${emission.output}`;
    case 'result': {
      const { total, windowStartMs, windowEndMs } = emission.row;
      const window =
        bounds === 'with-bounds' ? `${windowStartMs}..${windowEndMs}` : `@${emission.timestampMs}`;
      return `${emission.key} ${total} ${window}`;
    }
  }
}

describe.each(WINDOW_OPERATOR_CASES)('Flink: WindowOperatorTest.$test', ({ node, steps }) => {
  const expected = steps.map(({ gives }) => [...gives].sort());
  const bounds = node.window.type === 'session' ? 'with-bounds' : 'by-time';

  describe.each(WAYS)('by %s', (_name, way) => {
    it.each(['as-given', 'after-each'] as const)('restored %s', async (restores) => {
      const given = await runWindow(
        { node, ...way },
        steps.map(({ step }) => step),
        restores,
      );
      expect(given.map((emissions) => emissions.map((each) => described(each, bounds)).sort())).toEqual(
        expected,
      );
    });
  });
});
