import { describe, expect, it } from 'vitest';
import {
  aggregatingState,
  type KeyedProcess,
  listState,
  mapState,
  type Row,
  reducingState,
  valueState,
} from '../../dataflow/index.ts';

const STATES = {
  lastMs: valueState<number>(),
  names: listState<string>(),
  counts: mapState<number>(),
  total: reducingState<number>((before, added) => before + added),
  mean: aggregatingState<number, readonly [number, number], number>({
    create: () => [0, 0],
    add: ([count, sum], added) => [count + 1, sum + added],
    result: ([count, sum]) => sum / count,
  }),
};

const GAP_MS = 50;

type Sessions = KeyedProcess<null, typeof STATES>;
type SessionContext = Parameters<Sessions['processRows']>[1];

function close({ key, states }: SessionContext): Row {
  const { lastMs, names, counts, total, mean } = states;
  const row = {
    key,
    lastMs: lastMs.get() ?? -1,
    names: names.get().join(''),
    counts: JSON.stringify([...counts.entries()].sort()),
    total: total.get() ?? -1,
    mean: mean.get() ?? -1,
  };
  for (const state of [lastMs, names, counts, total, mean]) state.clear();
  return row;
}

/** Sums up the rows of a key between pauses, which a row or the timer tells, whichever comes first. */
const sessions: Sessions = {
  processRows(rows, context) {
    const { lastMs, names, counts, total, mean } = context.states;
    for (const row of rows) {
      const [timeMs, name, value] = [row.timeMs as number, row.name as string, row.value as number];
      const before = lastMs.get();
      if (before !== undefined) context.deleteEventTimeTimer(before + GAP_MS);
      if (before !== undefined && timeMs >= before + GAP_MS) context.emit(close(context));
      lastMs.set(timeMs);
      names.add(name);
      counts.put(name, (counts.get(name) ?? 0) + 1);
      total.add(value);
      mean.add(value);
      context.registerEventTimeTimer(timeMs + GAP_MS);
    }
  },
  onEventTimeTimer(_timeMs, context) {
    context.emit(close(context));
  },
};

/** In order of time. */
const ROWS: readonly Row[] = Array.from({ length: 120 }, (_, index) => ({
  key: `k${(index * 7) % 5}`,
  name: 'xyz'.charAt((index * 11) % 3),
  value: (index * 13) % 17,
  timeMs: 10 + index * 6 + (index % 9 === 0 ? 5 : 0) + (index > 60 ? 40 : 0),
}));

/** What the function gives for whole lists of rows, without state and timers. */
function expectedSessions(): readonly Row[] {
  const results: Row[] = [];
  for (const key of new Set(ROWS.map((row) => row.key as string))) {
    const rows = ROWS.filter((row) => row.key === key);
    const ends = rows.flatMap((row, index) => {
      const next = rows[index + 1];
      return next === undefined || Number(next.timeMs) >= Number(row.timeMs) + GAP_MS ? [index + 1] : [];
    });
    for (const [index, end] of ends.entries()) {
      const session = rows.slice(ends[index - 1] ?? 0, end);
      const names = session.map(({ name }) => String(name));
      const counts = [...new Set(names)]
        .sort()
        .map((name) => [name, names.filter((other) => other === name).length]);
      const total = session.reduce((sum, { value }) => sum + Number(value), 0);
      results.push({
        key,
        lastMs: session.at(-1)?.timeMs as number,
        names: names.join(''),
        counts: JSON.stringify(counts),
        total,
        mean: total / session.length,
      });
    }
  }
  return results;
}

/** What an engine is given to run: a function with timers of event time over rows keyed by `key`, in the order of `timeMs`. */
export interface KeyedProcessRun {
  readonly process: KeyedProcess;
  readonly states: typeof STATES;
  readonly rows: readonly Row[];
  /** So many rows come together; then the watermark follows them, a millisecond behind the last. */
  readonly together: number;
  /** What the watermark reaches in the end. */
  readonly endMs: number;
}

/** A keyedProcess with declared state and timers gives the same results on every engine, however many rows come together. */
export function describeKeyedProcessContract(
  engine: string,
  run: (given: KeyedProcessRun) => Promise<readonly Row[]>,
): void {
  describe(`keyedProcess on ${engine}`, () => {
    it.each([1, 7, 120])('sums up sessions, %i rows at a time', async (together) => {
      const process = sessions as unknown as KeyedProcess;
      const results = await run({ process, states: STATES, rows: ROWS, together, endMs: 10_000 });
      const inOrder = (rows: readonly Row[]) => rows.map((row) => JSON.stringify(row)).sort();
      const expected = inOrder(expectedSessions());
      expect(expected.length).toBeGreaterThan(8);
      expect(inOrder(results)).toEqual(expected);
    });
  });
}
