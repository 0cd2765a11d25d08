import { z } from 'zod';
import { count, sum, type VectorOutcome } from '../../pipeline/index.ts';
import type { OperatorOutput } from '../operator/index.ts';
import { type OpenBackend, openHeapBackend, Restorable } from '../operator-harness/index.ts';
import type { Key } from '../state/index.ts';
import { WindowAggregateOperator } from '../window/index.ts';
import { compareSteps, parseVector, vectorTimeMs } from './vector-format.ts';

const element = z.strictObject({ key: z.string(), value: z.int(), timestampMs: z.int() });
const step = z.union([
  z.strictObject({ element }),
  z.strictObject({ watermarkMs: vectorTimeMs }),
  z.strictObject({ snapshotRestore: z.literal(true) }),
]);
const result = z.strictObject({
  key: z.string(),
  startMs: z.int().nullable(),
  endMs: z.int().nullable(),
  sum: z.int(),
  count: z.int(),
  timestampMs: vectorTimeMs,
});
const schema = z.object({
  id: z.string(),
  source: z.string(),
  window: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('tumbling'), sizeMs: z.int().positive(), offsetMs: z.int() }),
    z.strictObject({
      type: z.literal('sliding'),
      sizeMs: z.int().positive(),
      slideMs: z.int().positive(),
      offsetMs: z.int(),
    }),
    z.strictObject({ type: z.literal('session'), gapMs: z.int().positive() }),
    z.strictObject({ type: z.literal('global') }),
  ]),
  trigger: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('eventTime') }),
    z.strictObject({ type: z.literal('count'), count: z.int().positive() }),
    z.strictObject({ type: z.literal('purgingCount'), count: z.int().positive() }),
    z.strictObject({ type: z.literal('continuousEventTime'), intervalMs: z.int().positive() }),
  ]),
  allowedLatenessMs: vectorTimeMs,
  steps: z.array(step),
  expected: z.array(z.strictObject({ results: z.array(result), late: z.array(element) })),
});

type WindowVector = z.output<typeof schema>;
type TumblingWindow = Extract<WindowVector['window'], { type: 'tumbling' }>;
type Element = z.output<typeof element>;
type Firing = z.output<typeof result>;

/** Runs a case of flink-windows through this engine's window operator, snapshots through real files. */
export function runWindowVector(vectorCase: unknown): Promise<VectorOutcome> {
  return runWindowVectorOn(openHeapBackend, vectorCase);
}

/** The same on another state backend. */
export async function runWindowVectorOn(open: OpenBackend, vectorCase: unknown): Promise<VectorOutcome> {
  const vector = parseVector('flink-windows', schema, vectorCase);
  if (vector.window.type !== 'tumbling') {
    return { outcome: 'not-applicable', reason: `the event engine has no ${vector.window.type} windows` };
  }
  if (vector.trigger.type !== 'eventTime') {
    return { outcome: 'not-applicable', reason: `the event engine has no ${vector.trigger.type} trigger` };
  }
  return compareSteps(vector.expected, await runSteps(open, vector, vector.window));
}

async function runSteps(
  open: OpenBackend,
  { steps, allowedLatenessMs }: WindowVector,
  window: TumblingWindow,
): Promise<unknown[]> {
  const output = new FiringsAndLate();
  const restorable = await Restorable.create(
    open,
    (state) =>
      new WindowAggregateOperator<Element>({
        keyField: 'key',
        window,
        aggregates: { sum: sum('value'), count: count() },
        allowedLatenessMs,
        state,
        output,
      }),
  );
  const actual: unknown[] = [];
  for (const step of steps) {
    if ('element' in step) {
      const { element } = step;
      await restorable.subject.prefetch([element.key], [element.timestampMs]);
      restorable.subject.processElement(element.key, element, element.timestampMs, element);
    } else if ('watermarkMs' in step) {
      await restorable.subject.prefetchTimers(step.watermarkMs);
      restorable.subject.processWatermark(step.watermarkMs);
    } else {
      await restorable.snapshotAndRestore();
    }
    actual.push(output.take());
  }
  await restorable.close();
  return actual;
}

class FiringsAndLate implements OperatorOutput<Element> {
  #results: Firing[] = [];
  #late: Element[] = [];

  emit(_key: Key, row: Readonly<Record<string, string | number>>, timestampMs: number): void {
    const { windowStartMs: startMs, windowEndMs: endMs, ...fields } = row;
    this.#results.push({ ...fields, startMs, endMs, timestampMs } as Firing);
  }

  late(element: Element): void {
    this.#late.push(element);
  }

  /** A window has none. */
  side(): void {}

  take(): { readonly results: readonly Firing[]; readonly late: readonly Element[] } {
    const taken = { results: this.#results.sort(byWindowThenKey), late: this.#late };
    this.#results = [];
    this.#late = [];
    return taken;
  }
}

function byWindowThenKey(left: Firing, right: Firing): number {
  const difference = left.timestampMs - right.timestampMs;
  if (difference !== 0) return difference;
  if (left.key === right.key) return 0;
  return left.key < right.key ? -1 : 1;
}
