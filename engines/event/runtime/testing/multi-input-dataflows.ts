import { setTimeout as sleep } from 'node:timers/promises';
import { count, type Dataflow, dataflow, input, sum } from '../../../pipeline/index.ts';

const TIMED = { idleTimeoutMs: 60_000, alignmentMaxDriftMs: 60_000 };
const PAYMENT = { seq: 'int64', shop: 'utf8', amount: 'int64' } as const;
const EVENT = { key: 'utf8', seq: 'int64', timeMs: 'int64' } as const;

/** Running totals over two topics; the second counts its amounts in tens. */
export function merged(): Dataflow {
  const payments = (name: string) => input({ input: name, schema: PAYMENT, deadLetterOutput: 'dead-letter' });
  return dataflow('merged')
    .union(
      payments('input'),
      payments('second').map(PAYMENT, (row) => ({ ...row, amount: 10 * row.amount })),
    )
    .keyBy('shop')
    .aggregate({ count: count(), total: sum('amount') }, { emit: 'changes' })
    .sink('output');
}

const events = (name: string) =>
  input({ input: name, schema: EVENT, deadLetterOutput: 'dead-letter' }).withWatermark({
    field: 'timeMs',
    delayMs: 100,
    ...TIMED,
  });

/** Windows of one second over two topics. */
export function mergedWindows(): Dataflow {
  return dataflow('merged-windows')
    .union(events('input'), events('second'))
    .keyBy('key')
    .window({ type: 'tumbling', sizeMs: 1000, offsetMs: 0 }, { kind: 'count' })
    .aggregate({ count: count(), total: sum('seq') }, { emit: 'final' })
    .sink('output');
}

/** Per key what both inputs counted, told half a second after each row. */
export function tallied(): Dataflow {
  type Tally = { first: number; second: number };
  const add = (tally: Tally | undefined, first: number, second: number): Tally => ({
    first: (tally?.first ?? 0) + first,
    second: (tally?.second ?? 0) + second,
  });
  return dataflow('tallied')
    .connect(events('input').keyBy('key'), events('second').keyBy('key'), {
      process: {
        processFirst: ({ timeMs }, context) => {
          context.setState(add(context.state as Tally | undefined, 1, 0));
          context.registerEventTimeTimer(timeMs + 500);
        },
        processSecond: ({ timeMs }, context) => {
          context.setState(add(context.state as Tally | undefined, 0, 1));
          context.registerEventTimeTimer(timeMs + 500);
        },
        onEventTimeTimer: (timeMs, context) => {
          const { first, second } = context.state as Tally;
          context.emit({ key: String(context.key), timeMs, both: first + second });
        },
      },
      outputSchema: { key: 'utf8', timeMs: 'int64', both: 'int64' },
    })
    .sink('output');
}

const RULE = { name: 'utf8', factor: 'int64' } as const;

/** Payments by a factor that the second input sets for all slots. */
export function ruled(): Dataflow {
  return dataflow('ruled')
    .broadcast(
      input({ input: 'input', schema: PAYMENT, deadLetterOutput: 'dead-letter' }).keyBy('shop'),
      input({ input: 'second', schema: RULE, deadLetterOutput: 'dead-letter' }),
      {
        process: {
          processKeyed: ({ seq, shop, amount }, broadcast, context) => {
            const count = ((context.state as number | undefined) ?? 0) + 1;
            context.setState(count);
            context.emit({ seq, shop, count, due: amount * ((broadcast.get('factor') as number) ?? 1) });
          },
          processBroadcast: ({ name, factor }, broadcast) => broadcast.set(name, factor),
        },
        outputSchema: { seq: 'int64', shop: 'utf8', count: 'int64', due: 'int64' },
      },
    )
    .sink('output');
}

/** Pairs of rows of a key, of which the second is at most 20 ms before and 30 ms after the first. */
export function paired(): Dataflow {
  return dataflow('paired')
    .intervalJoin(events('input').keyBy('key'), events('second').keyBy('key'), {
      lowerBoundMs: -20,
      upperBoundMs: 30,
      join: (left, right) => ({ key: left.key, left: left.seq, right: right.seq }),
      outputSchema: { key: 'utf8', left: 'int64', right: 'int64' },
    })
    .sink('output');
}

/** Running totals of amounts that a slow call doubles; two calls in a row, the second without order. */
export function enriched(): Dataflow {
  return dataflow('enriched')
    .source({ input: 'input', schema: PAYMENT, deadLetterOutput: 'dead-letter' })
    .asyncMap(PAYMENT, {
      order: 'ordered',
      capacity: 20,
      timeoutMs: 10_000,
      call: async (row) => {
        await sleep(1 + (row.seq % 7));
        return [{ ...row, amount: 2 * row.amount }];
      },
    })
    .filter((row) => row.amount >= 0)
    .asyncMap(PAYMENT, {
      order: 'unordered',
      capacity: 1,
      timeoutMs: 10_000,
      call: async (row) => [row],
    })
    .keyBy('shop')
    .aggregate({ count: count(), total: sum('amount') }, { emit: 'changes' })
    .sink('output');
}

/** Windows behind calls without order; rows of the seventh fail for good and stand in for themselves. */
export function scored(): Dataflow {
  return dataflow('scored')
    .source({ input: 'input', schema: EVENT, deadLetterOutput: 'dead-letter' })
    .withWatermark({ field: 'timeMs', delayMs: 100, ...TIMED })
    .asyncMap(EVENT, {
      order: 'unordered',
      capacity: 30,
      timeoutMs: 10_000,
      retry: { attempts: 2, delayMs: 1 },
      call: async (row) => {
        await sleep(row.seq % 5);
        if (row.seq % 7 === 0) throw new Error('no score');
        return row.seq % 7 === 1 ? [] : [row];
      },
      orElse: (row) => [{ ...row, seq: -row.seq }],
    })
    .keyBy('key')
    .window({ type: 'tumbling', sizeMs: 1000, offsetMs: 0 }, { kind: 'count' })
    .aggregate({ count: count(), total: sum('seq') }, { emit: 'final' })
    .sink('output');
}
