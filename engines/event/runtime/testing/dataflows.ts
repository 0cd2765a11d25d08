import {
  count,
  type Dataflow,
  dataflow,
  pattern,
  type RowOf,
  type Schema,
  sum,
} from '../../../pipeline/index.ts';

const PAYMENT: Schema = { seq: 'int64', shop: 'utf8', amount: 'int64' };

/** Running count and total of each shop. */
export function spend(): Dataflow {
  return {
    name: 'spend',
    nodes: [
      { kind: 'source', input: 'input', schema: PAYMENT, deadLetterOutput: 'dead-letter' },
      { kind: 'keyBy', field: 'shop' },
      { kind: 'aggregate', aggregates: { count: count(), total: sum('amount') }, emit: 'changes' },
      { kind: 'sink', output: 'output' },
    ],
  };
}

const SALE: Schema = { region: 'utf8', amount: 'int64', timeMs: 'int64' };

/** Windows of one second of event time per region, amounts doubled, empty sales left out; late records are kept. */
export function sales(): Dataflow {
  return {
    name: 'sales',
    nodes: [
      { kind: 'source', input: 'input', schema: SALE, deadLetterOutput: 'dead-letter' },
      { kind: 'filter', predicate: (row) => row.amount !== 0 },
      { kind: 'map', schema: SALE, map: (row) => ({ ...row, amount: 2 * (row.amount as number) }) },
      { kind: 'watermark', field: 'timeMs', delayMs: 100, idleTimeoutMs: 60_000, alignmentMaxDriftMs: 500 },
      { kind: 'keyBy', field: 'region' },
      {
        kind: 'window',
        window: { type: 'tumbling', sizeMs: 1000, offsetMs: 0 },
        late: { kind: 'side-output', output: 'late' },
      },
      { kind: 'aggregate', aggregates: { count: count(), total: sum('amount') }, emit: 'final' },
      { kind: 'sink', output: 'output' },
    ],
  };
}

const STEP = { user: 'utf8', type: 'utf8', timeMs: 'int64' } as const;
const ATTEMPT = { user: 'utf8', startMs: 'int64', endMs: 'int64' } as const;

/** A followed by B within less than 100 ms, per user; what runs out of time and late records are kept. */
export function pairs(): Dataflow {
  type Step = RowOf<typeof STEP>;
  return dataflow('pairs')
    .source({ input: 'input', schema: STEP, deadLetterOutput: 'dead-letter' })
    .withWatermark({ field: 'timeMs', delayMs: 100, idleTimeoutMs: 60_000, alignmentMaxDriftMs: 500 })
    .keyBy('user')
    .pattern({
      pattern: pattern<Step>('a')
        .where(({ type }) => type === 'A')
        .followedBy('b')
        .where(({ type }) => type === 'B')
        .within(100)
        .skip({ kind: 'skipPastLastEvent' }),
      select: (user, { a, b }) => ({
        user: String(user),
        startMs: a?.[0]?.timeMs ?? 0,
        endMs: b?.[0]?.timeMs ?? 0,
      }),
      outputSchema: ATTEMPT,
      timedOut: {
        output: 'timed-out',
        select: (user, { a }, timeMs) => ({
          user: String(user),
          startMs: a?.[0]?.timeMs ?? 0,
          endMs: timeMs,
        }),
        outputSchema: ATTEMPT,
      },
      late: { kind: 'side-output', output: 'late' },
    })
    .sink('output');
}

/** No key: each record with its doubled amount. */
export function doubled(): Dataflow {
  return {
    name: 'doubled',
    nodes: [
      { kind: 'source', input: 'input', schema: PAYMENT, deadLetterOutput: 'dead-letter' },
      {
        kind: 'map',
        schema: { seq: 'int64', amount: 'int64' },
        map: ({ seq, amount }) => ({ seq: seq as number, amount: 2 * (amount as number) }),
      },
      { kind: 'sink', output: 'output' },
    ],
  };
}

export * from './keyed-process-dataflows.ts';
export * from './multi-input-dataflows.ts';
export * from './window-dataflows.ts';

const nothing = new Int32Array(new SharedArrayBuffer(4));

/** Running count of each shop, by a function that takes a millisecond a row: half as fast as its input, or less. */
export function slowSpend(): Dataflow {
  return {
    name: 'slow-spend',
    nodes: [
      { kind: 'source', input: 'input', schema: PAYMENT, deadLetterOutput: 'dead-letter' },
      { kind: 'keyBy', field: 'shop' },
      {
        kind: 'keyedProcess',
        orderBy: 'seq',
        outputSchema: { shop: 'utf8', count: 'int64' },
        process: {
          processRows: (rows, context) => {
            for (const { shop } of rows) {
              Atomics.wait(nothing, 0, 0, 1);
              const count = ((context.state as number | undefined) ?? 0) + 1;
              context.setState(count);
              context.emit({ shop: shop as string, count });
            }
          },
        },
      },
      { kind: 'sink', output: 'output' },
    ],
  };
}
