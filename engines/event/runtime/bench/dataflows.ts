import { count, type Dataflow, type DataflowNode, max, type Schema, sum } from '../../../pipeline/index.ts';

export const DECODED: Schema = { shop: 'utf8', amount: 'int64' };

/** keyBy and a running sum, behind so many stateless operators: map, filter, map. */
export function runningSum({ chained }: { readonly chained: number }): Dataflow {
  const chain: DataflowNode[] = [
    {
      kind: 'map',
      schema: DECODED,
      map: (row) => ({ shop: row.shop as string, amount: (row.amount as number) + 1 }),
    },
    { kind: 'filter', predicate: (row) => (row.amount as number) > 0 },
    {
      kind: 'map',
      schema: DECODED,
      map: (row) => ({ shop: row.shop as string, amount: (row.amount as number) - 1 }),
    },
  ];
  return {
    name: 'bench-running-sum',
    nodes: [
      { kind: 'source', input: 'input', schema: DECODED, deadLetterOutput: 'dead-letter' },
      ...chain.slice(0, chained),
      { kind: 'keyBy', field: 'shop' },
      { kind: 'aggregate', aggregates: { total: sum('amount') }, emit: 'changes' },
      { kind: 'sink', output: 'output' },
    ],
  };
}

/** As `open-loop-input.ts` makes them: milliseconds since the start of the schedule. */
const TIMED: Schema = { shop: 'utf8', timeMs: 'int64', dueMs: 'float64' };

/** Puts out the due instant of each record, which is the greatest of its key so far. */
export function lastDue(): Dataflow {
  return {
    name: 'bench-last-due',
    nodes: [
      { kind: 'source', input: 'input', schema: TIMED, deadLetterOutput: 'dead-letter' },
      { kind: 'keyBy', field: 'shop' },
      { kind: 'aggregate', aggregates: { dueMs: max('dueMs') }, emit: 'changes' },
      { kind: 'sink', output: 'output' },
    ],
  };
}

/** Windows that close as soon as all partitions that are not idle have passed their end, with the greatest due instant in each. */
export function windowedDue(options: {
  readonly windowMs: number;
  readonly idleTimeoutMs: number;
}): Dataflow {
  const { windowMs, idleTimeoutMs } = options;
  return {
    name: 'bench-windowed-due',
    nodes: [
      { kind: 'source', input: 'input', schema: TIMED, deadLetterOutput: 'dead-letter' },
      { kind: 'watermark', field: 'timeMs', delayMs: 0, idleTimeoutMs, alignmentMaxDriftMs: 60_000 },
      { kind: 'keyBy', field: 'shop' },
      {
        kind: 'window',
        window: { type: 'tumbling', sizeMs: windowMs, offsetMs: 0 },
        late: { kind: 'count' },
      },
      { kind: 'aggregate', aggregates: { count: count(), dueMs: max('dueMs') }, emit: 'final' },
      { kind: 'sink', output: 'output' },
    ],
  };
}
