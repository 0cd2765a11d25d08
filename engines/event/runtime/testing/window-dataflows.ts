import {
  type CustomTrigger,
  count,
  custom,
  type Dataflow,
  dataflow,
  max,
  sum,
  type WindowSpecification,
} from '../../../pipeline/index.ts';

const SALE = { region: 'utf8', amount: 'int64', timeMs: 'int64' } as const;
const LATE = { kind: 'side-output', output: 'late' } as const;
const GLOBAL = { type: 'global' } as const;

const sales = (name: string) =>
  dataflow(name).source({ input: 'input', schema: SALE, deadLetterOutput: 'dead-letter' });

const timed = (name: string) =>
  sales(name)
    .withWatermark({ field: 'timeMs', delayMs: 100, idleTimeoutMs: 60_000, alignmentMaxDriftMs: 500 })
    .keyBy('region');

export const SLIDING = { type: 'sliding', sizeMs: 1000, slideMs: 300, offsetMs: 50 } as const;

export function sliding(): Dataflow {
  return timed('sliding')
    .window(SLIDING, LATE)
    .aggregate({ count: count(), total: sum('amount'), most: max('amount') }, { emit: 'final' })
    .sink('output');
}

export const SESSION_GAP_MS = 200;

/** The amounts of each session, sorted, as a text. */
export function session(): Dataflow {
  const amounts = custom<readonly number[]>({
    type: 'utf8',
    create: () => [],
    add: (known, row) => [...known, row.amount as number],
    merge: (left, right) => [...left, ...right],
    result: (known) => [...known].sort((left, right) => left - right).join(' '),
  });
  return timed('session')
    .window({ type: 'session', gapMs: SESSION_GAP_MS }, LATE)
    .aggregate({ amounts }, { emit: 'final' })
    .sink('output');
}

export function everyTen(): Dataflow {
  return sales('every-ten')
    .keyBy('region')
    .window(GLOBAL, { kind: 'count' }, { trigger: { type: 'count', count: 10 } })
    .aggregate({ count: count() }, { emit: 'final' })
    .sink('output');
}

/** Fires and empties the window at every third row, whatever the row. */
const EVERY_THIRD: CustomTrigger = {
  onElement(_row, _timestampMs, _window, context) {
    const seen = ((context.state as { readonly seen: number } | undefined)?.seen ?? 0) + 1;
    context.setState(seen === 3 ? undefined : { seen });
    return seen === 3 ? 'fireAndPurge' : 'continue';
  },
};

export function everyThird(): Dataflow {
  return sales('every-third')
    .keyBy('region')
    .window(GLOBAL, { kind: 'count' }, { trigger: { type: 'custom', trigger: EVERY_THIRD } })
    .aggregate({ count: count() }, { emit: 'final' })
    .sink('output');
}

export const SECOND: WindowSpecification = { type: 'tumbling', sizeMs: 1000, offsetMs: 0 };

export function lateness(): Dataflow {
  return timed('lateness')
    .window(SECOND, LATE, { allowedLatenessMs: 5000 })
    .aggregate({ count: count() }, { emit: 'final' })
    .sink('output');
}

/** Two rows a window: how many sales, and the length of the window. */
export function perWindow(): Dataflow {
  return timed('per-window')
    .window(SECOND, LATE)
    .windowFunction({
      outputSchema: { region: 'utf8', what: 'utf8', value: 'int64' },
      apply(key, rows, { startMs, endMs }, emit) {
        const region = key as string;
        emit({ region, what: `sales from ${startMs}`, value: rows.length });
        emit({ region, what: 'ms', value: endMs - startMs });
      },
    })
    .sink('output');
}

export function byTheClock(): Dataflow {
  return sales('by-the-clock')
    .keyBy('region')
    .window({ type: 'tumbling', sizeMs: 50, offsetMs: 0 }, { kind: 'count' }, { time: 'processing' })
    .aggregate({ count: count() }, { emit: 'final' })
    .sink('output');
}
