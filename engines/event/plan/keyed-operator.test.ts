import { describe, expect, it } from 'vitest';
import {
  avg,
  count,
  type DataflowNode,
  type KeyedProcess,
  max,
  min,
  type Row,
  sum,
} from '../../pipeline/index.ts';
import type { KeyedOperator, OperatorOutput } from '../operator/index.ts';
import { createHeapBackend, type Key } from '../state/index.ts';
import { BroadcastTable } from '../two-input/index.ts';
import { createKeyedOperator } from './create-keyed-operator.ts';

const keyBy: DataflowNode = { kind: 'keyBy', field: 'region' };
const tenMsWindow: DataflowNode = {
  kind: 'window',
  window: { type: 'tumbling', sizeMs: 10, offsetMs: 0 },
  late: { kind: 'count' },
};

class Recorder implements OperatorOutput<string> {
  readonly emitted: { readonly key: Key; readonly row: Row; readonly timestampMs: number }[] = [];
  readonly lateRecords: string[] = [];

  emit(key: Key, row: Row, timestampMs: number): void {
    this.emitted.push({ key, row, timestampMs });
  }

  late(raw: string): void {
    this.lateRecords.push(raw);
  }

  side(): void {}
}

function make(...nodes: DataflowNode[]): { operator: KeyedOperator<string>; output: Recorder } {
  const output = new Recorder();
  const state = createHeapBackend(128, { first: 0, last: 127 });
  return {
    operator: createKeyedOperator([keyBy, ...nodes], {
      broadcast: new BroadcastTable(),
      state,
      output,
      nowMs: () => 0,
      allowedLatenessMs: 0,
    }),
    output,
  };
}

describe('running aggregate', () => {
  it('gives the new result for every input, fields in the order of the dataflow', () => {
    const { operator, output } = make({
      kind: 'aggregate',
      emit: 'changes',
      aggregates: {
        total: sum('amount'),
        mean: avg('amount'),
        least: min('amount'),
        most: max('amount'),
        count: count(),
      },
    });
    operator.processElement('north', { amount: 5 }, 100, '');
    operator.processElement('south', { amount: -1 }, 101, '');
    operator.processElement('north', { amount: -2 }, 99, '');

    expect(
      output.emitted.map(({ row, timestampMs }) => `${timestampMs} ${JSON.stringify(row)}`),
    ).toMatchInlineSnapshot(`
      [
        "100 {"region":"north","total":5,"mean":5,"least":5,"most":5,"count":1}",
        "101 {"region":"south","total":-1,"mean":-1,"least":-1,"most":-1,"count":1}",
        "99 {"region":"north","total":3,"mean":1.5,"least":-2,"most":5,"count":2}",
      ]
    `);
  });
});

describe('window aggregate', () => {
  const finalSum: DataflowNode = { kind: 'aggregate', emit: 'final', aggregates: { total: sum('amount') } };

  it('fires a window once, at its last millisecond, and takes records behind the watermark until then', () => {
    const { operator, output } = make(tenMsWindow, finalSum);
    operator.processElement('north', { amount: 1 }, 1, '');
    operator.processElement('north', { amount: 2 }, 5, '');
    operator.processWatermark(8);
    operator.processElement('north', { amount: 4 }, 1, 'behind the watermark');
    expect(output.emitted).toEqual([]);
    operator.processWatermark(9);
    operator.processElement('north', { amount: 8 }, 9, 'late');
    operator.processWatermark(Number.POSITIVE_INFINITY);

    expect(output.emitted).toEqual([
      { key: 'north', row: { region: 'north', windowStartMs: 0, windowEndMs: 10, total: 7 }, timestampMs: 9 },
    ]);
    expect(output.lateRecords).toEqual(['late']);
  });

  it('ends all windows with the input, in order of time', () => {
    const { operator, output } = make(tenMsWindow, finalSum);
    for (const timestampMs of [25, -1, 11, -11]) {
      operator.processElement('north', { amount: timestampMs }, timestampMs, '');
    }
    operator.processWatermark(Number.POSITIVE_INFINITY);
    expect(output.emitted.map(({ row }) => row.windowStartMs)).toEqual([-20, -10, 10, 20]);
  });
});

describe('keyed process', () => {
  /** Counts rows in state; a timer 10 ms after each row's time tells the count and forgets it. */
  const countThenTell: KeyedProcess<number> = {
    processRows: ([row], context) => {
      context.setState((context.state ?? 0) + 1);
      context.registerEventTimeTimer((row?.timeMs as number) + 10);
    },
    onEventTimeTimer: (timeMs, context) => {
      if (context.state === undefined) return;
      context.emit({
        key: context.key,
        rows: context.state,
        timeMs,
        watermarkMs: context.currentWatermarkMs,
      });
      context.clearState();
    },
  };

  it('runs rows and timers under their key, with its state', () => {
    const { operator, output } = make({
      kind: 'keyedProcess',
      process: countThenTell as KeyedProcess,
      orderBy: 'timeMs',
      outputSchema: {},
    });
    operator.processElement('a', { timeMs: 1 }, 1, '');
    operator.processElement('b', { timeMs: 2 }, 2, '');
    operator.processElement('a', { timeMs: 3 }, 3, '');
    operator.processWatermark(12);
    operator.processWatermark(50);

    expect(output.emitted).toEqual([
      { key: 'a', row: { key: 'a', rows: 2, timeMs: 11, watermarkMs: 12 }, timestampMs: 11 },
      { key: 'b', row: { key: 'b', rows: 1, timeMs: 12, watermarkMs: 12 }, timestampMs: 12 },
    ]);
  });
});

describe('createKeyedOperator', () => {
  const aggregates = { total: sum('amount') };

  it.each<[string, DataflowNode[]]>([
    ['nothing after keyBy', []],
    ['a final result without a window', [{ kind: 'aggregate', emit: 'final', aggregates }]],
    ['changes of a window', [tenMsWindow, { kind: 'aggregate', emit: 'changes', aggregates }]],
  ])('refuses %s', (_name, nodes) => {
    expect(() => make(...nodes)).toThrowError(
      expect.objectContaining({ code: 'EVENT_OPERATOR_UNSUPPORTED' }),
    );
  });
});
