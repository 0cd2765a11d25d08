import { z } from 'zod';
import { count, sum, type Trigger, type VectorOutcome } from '../../pipeline/index.ts';
import type { OperatorOutput } from '../operator/index.ts';
import { type OpenBackend, openHeapBackend, Restorable } from '../operator-harness/index.ts';
import type { Key } from '../state/index.ts';
import { createWindowOperator, type WindowOperatorOptions } from '../window/index.ts';
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
type Element = z.output<typeof element>;
type Firing = z.output<typeof result>;

/** Runs a case of flink-windows through this engine's window operators, snapshots through real files. */
export function runWindowVector(vectorCase: unknown): Promise<VectorOutcome> {
  return runWindowVectorOn(openHeapBackend, 'shared', vectorCase);
}

/** The same on another state backend, and with a state for each window. */
export async function runWindowVectorOn(
  open: OpenBackend,
  windows: NonNullable<WindowOperatorOptions<unknown>['windows']>,
  vectorCase: unknown,
): Promise<VectorOutcome> {
  const vector = parseVector('flink-windows', schema, vectorCase);
  return compareSteps(vector.expected, await runSteps(open, windows, vector));
}

async function runSteps(
  open: OpenBackend,
  windows: NonNullable<WindowOperatorOptions<unknown>['windows']>,
  { steps, window, trigger, allowedLatenessMs }: WindowVector,
): Promise<unknown[]> {
  const output = new FiringsAndLate();
  const restorable = await Restorable.create(open, (state) =>
    createWindowOperator<Element>({
      keyField: 'key',
      schema: { key: 'utf8', value: 'int64', timestampMs: 'int64' },
      node: { kind: 'window', window, late: { kind: 'count' }, trigger: triggerOf(trigger) },
      operation: {
        kind: 'aggregate',
        aggregates: { sum: sum('value'), count: count() },
        emit: 'final',
      },
      allowedLatenessMs,
      state,
      output,
      nowMs: () => 0,
      windows,
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

function triggerOf(trigger: WindowVector['trigger']): Trigger {
  return trigger.type === 'purgingCount'
    ? { type: 'purging', trigger: { type: 'count', count: trigger.count } }
    : trigger;
}

class FiringsAndLate implements OperatorOutput<Element> {
  #results: Firing[] = [];
  #late: Element[] = [];

  emit(_key: Key, row: Readonly<Record<string, string | number>>, timestampMs: number): void {
    const { windowStartMs: startMs = null, windowEndMs: endMs = null, ...fields } = row;
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

/** By start, end and key, without bounds last; firings of the same window stay as they came. */
function byWindowThenKey(left: Firing, right: Firing): number {
  const byBounds =
    compare(left.startMs ?? Number.POSITIVE_INFINITY, right.startMs ?? Number.POSITIVE_INFINITY) ||
    compare(left.endMs ?? Number.POSITIVE_INFINITY, right.endMs ?? Number.POSITIVE_INFINITY);
  return byBounds || compare(left.key, right.key);
}

function compare<Value extends number | string>(left: Value, right: Value): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
