import { count, type Dataflow, dataflow, input, sum } from '../../pipeline/index.ts';

/** Running count and total of each shop. */
export function spend(): Dataflow {
  return dataflow('spend')
    .source({
      input: 'input',
      schema: { seq: 'int64', shop: 'utf8', amount: 'int64' },
      deadLetterOutput: 'dead-letter',
    })
    .keyBy('shop')
    .aggregate({ count: count(), total: sum('amount') }, { emit: 'changes' })
    .sink('output');
}

/** Windows of one second of event time per region, amounts doubled, empty sales left out, late ones aside. */
export function sales(): Dataflow {
  return dataflow('sales')
    .source({
      input: 'input',
      schema: { region: 'utf8', amount: 'int64', timeMs: 'int64' },
      deadLetterOutput: 'dead-letter',
    })
    .filter((row) => row.amount !== 0)
    .map({ region: 'utf8', amount: 'int64', timeMs: 'int64' }, (row) => ({ ...row, amount: 2 * row.amount }))
    .withWatermark({ field: 'timeMs', delayMs: 2000, idleTimeoutMs: 60_000, alignmentMaxDriftMs: 500 })
    .keyBy('region')
    .window({ type: 'tumbling', sizeMs: 1000, offsetMs: 0 }, { kind: 'side-output', output: 'late' })
    .aggregate({ count: count(), total: sum('amount') }, { emit: 'final' })
    .sink('output');
}

/** Tells each user's rows once nothing came from the user for five seconds of event time. */
export function visits(): Dataflow {
  return dataflow('visits')
    .source({
      input: 'input',
      schema: { user: 'int64', timeMs: 'int64' },
      deadLetterOutput: 'dead-letter',
    })
    .withWatermark({ field: 'timeMs', delayMs: 3000, idleTimeoutMs: 60_000, alignmentMaxDriftMs: 500 })
    .keyBy('user')
    .keyedProcess<{ readonly rows: number; readonly endMs: number }, { user: 'int64'; rows: 'int64' }>({
      orderBy: 'timeMs',
      outputSchema: { user: 'int64', rows: 'int64' },
      process: {
        processRows(rows, context) {
          const before = context.state;
          const endMs = (rows.at(-1)?.timeMs ?? 0) + 5000;
          if (before !== undefined) context.deleteEventTimeTimer(before.endMs);
          context.registerEventTimeTimer(endMs);
          context.setState({ rows: (before?.rows ?? 0) + rows.length, endMs });
        },
        onEventTimeTimer(_timeMs, context) {
          context.emit({ user: context.key as number, rows: context.state?.rows ?? 0 });
          context.clearState();
        },
      },
    })
    .sink('output');
}

/** Fails at the third row of a user. */
export function failing(): Dataflow {
  return dataflow('failing')
    .source({
      input: 'input',
      schema: { user: 'int64', timeMs: 'int64' },
      deadLetterOutput: 'dead-letter',
    })
    .keyBy('user')
    .keyedProcess({
      orderBy: 'timeMs',
      outputSchema: { user: 'int64', rows: 'int64' },
      process: {
        processRows(rows, context) {
          const seen = ((context.state as number | undefined) ?? 0) + rows.length;
          if (seen === 3) throw new Error('three is too many');
          context.setState(seen);
          context.emit({ user: context.key as number, rows: seen });
        },
      },
    })
    .sink('output');
}

/** No key and no state: each record with its doubled amount. */
export function doubled(): Dataflow {
  return dataflow('doubled')
    .source({
      input: 'input',
      schema: { seq: 'int64', amount: 'int64' },
      deadLetterOutput: 'dead-letter',
    })
    .map({ seq: 'int64', amount: 'int64' }, ({ seq, amount }) => ({ seq, amount: 2 * amount }))
    .sink('output');
}

const SPENT = { seq: 'int64', shop: 'utf8', amount: 'int64' } as const;

/** Running count and total of each shop over two inputs, and twice the total from a function over each batch. */
export function spendOfTwo(): Dataflow {
  return dataflow('spend-of-two')
    .union(
      input({ input: 'input', schema: SPENT, deadLetterOutput: 'dead-letter' }),
      input({ input: 'second-input', schema: SPENT, deadLetterOutput: 'second-dead-letter' }),
    )
    .keyBy('shop')
    .aggregate({ count: count(), total: sum('amount') }, { emit: 'changes' })
    .sink('output', {
      foreachBatch: async (rows) => rows.map((row) => ({ ...row, twice: 2 * (row.total as number) })),
    });
}

/** Each order with its payment of the next 100 ms, or with none. */
export function paidOrders(): Dataflow {
  const schema = { order: 'int64', timeMs: 'int64' } as const;
  const timed = { field: 'timeMs', delayMs: 500, idleTimeoutMs: 60_000, alignmentMaxDriftMs: 500 } as const;
  return dataflow('paid-orders')
    .leftOuterIntervalJoin(
      input({ input: 'input', schema, deadLetterOutput: 'dead-letter' }).withWatermark(timed).keyBy('order'),
      input({ input: 'second-input', schema, deadLetterOutput: 'second-dead-letter' })
        .withWatermark(timed)
        .keyBy('order'),
      {
        lowerBoundMs: 0,
        upperBoundMs: 100,
        outputSchema: { order: 'int64', paidMs: 'int64' },
        join: ({ order }, payment) => ({ order, paidMs: payment?.timeMs ?? -1 }),
      },
    )
    .sink('output');
}
