import {
  aggregatingState,
  count,
  type Dataflow,
  dataflow,
  listState,
  mapState,
  reducingState,
  valueState,
} from '../../../pipeline/index.ts';

const VISIT = { user: 'utf8', seq: 'int64' } as const;

/** How long after a user's last record the timer fires that tells what came. */
const QUIET_MS = 100;

/**
 * A line a user whenever nothing came of the user for a while of processing time, over what came since the line before. Every kind of state has a part
 * in it; of the two that expire, `lines` lasts for the test and `passing` never until the next line.
 */
export function visits(): Dataflow {
  return dataflow('visits')
    .source({ input: 'input', schema: VISIT, deadLetterOutput: 'dead-letter' })
    .keyBy('user')
    .keyedProcess({
      orderBy: 'seq',
      outputSchema: {
        user: 'utf8',
        count: 'int64',
        distinct: 'int64',
        total: 'int64',
        mean: 'float64',
        lines: 'int64',
        forgotten: 'int64',
      },
      states: {
        timerMs: valueState<number>(),
        all: listState<number>(),
        bySeq: mapState<number>(),
        total: reducingState<number>((before, added) => before + added),
        mean: aggregatingState<number, readonly [number, number], number>({
          create: () => [0, 0],
          add: ([seen, sum], added) => [seen + 1, sum + added],
          result: ([seen, sum]) => sum / seen,
        }),
        lines: valueState<number>({ ttlMs: 3_600_000 }),
        passing: valueState<number>({ ttlMs: 1 }),
      },
      process: {
        processRows(rows, context) {
          const { timerMs, all, bySeq, total, mean } = context.states;
          for (const { seq } of rows) {
            all.add(seq);
            bySeq.put(seq, seq);
            total.add(seq);
            mean.add(seq);
          }
          const before = timerMs.get();
          if (before !== undefined) context.deleteProcessingTimeTimer(before);
          const nextMs = context.currentProcessingTimeMs + QUIET_MS;
          context.registerProcessingTimeTimer(nextMs);
          timerMs.set(nextMs);
        },
        onProcessingTimeTimer(_timeMs, context) {
          const { timerMs, all, bySeq, total, mean, lines, passing } = context.states;
          lines.set((lines.get() ?? 0) + 1);
          context.emit({
            user: String(context.key),
            count: all.get().length,
            distinct: bySeq.entries().length,
            total: total.get() ?? 0,
            mean: mean.get() ?? 0,
            lines: lines.get() ?? 0,
            forgotten: passing.get() === undefined ? 1 : 0,
          });
          passing.set(1);
          for (const state of [timerMs, all, bySeq, total, mean]) state.clear();
        },
      },
    })
    .sink('output');
}

const READING = { sensor: 'utf8', timeMs: 'int64', isLast: 'int64' } as const;

/** Windows of a second whose watermarks the records themselves bring: one that is the last of its second ends it. */
export function punctuated(): Dataflow {
  return dataflow('punctuated')
    .source({ input: 'input', schema: READING, deadLetterOutput: 'dead-letter' })
    .withWatermark({
      field: 'timeMs',
      idleTimeoutMs: 60_000,
      alignmentMaxDriftMs: 1_000_000,
      generator: () => ({
        onEvent: (row, timestampMs, output) => {
          if (row.isLast === 1) output.emitWatermark(timestampMs + 99);
        },
      }),
    })
    .keyBy('sensor')
    .window({ type: 'tumbling', sizeMs: 1000, offsetMs: 0 }, { kind: 'count' })
    .aggregate({ count: count() }, { emit: 'final' })
    .sink('output');
}

/** Windows of a second; a partition that is silent for a while holds nobody back. */
export function impatient(): Dataflow {
  return dataflow('impatient')
    .source({ input: 'input', schema: READING, deadLetterOutput: 'dead-letter' })
    .withWatermark({ field: 'timeMs', delayMs: 0, idleTimeoutMs: 300, alignmentMaxDriftMs: 1_000_000 })
    .keyBy('sensor')
    .window({ type: 'tumbling', sizeMs: 1000, offsetMs: 0 }, { kind: 'count' })
    .aggregate({ count: count() }, { emit: 'final' })
    .sink('output');
}
