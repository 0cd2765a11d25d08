import { z } from 'zod';
import type { VectorOutcome } from '../../pipeline/index.ts';
import { openHeapBackend, Restorable } from '../operator-harness/index.ts';
import { type Key, VOID_NAMESPACE } from '../state/index.ts';
import { TimerService } from '../timer/index.ts';
import { compareSteps, parseVector, vectorTimeMs } from './vector-format.ts';

const domain = z.enum(['eventTime', 'processingTime']);
const action = z.strictObject({
  op: z.enum(['registerEventTime', 'registerProcessingTime', 'deleteEventTime', 'deleteProcessingTime']),
  atMs: vectorTimeMs,
});
const fired = z.strictObject({ key: z.string(), timestampMs: vectorTimeMs, domain });
const schema = z.object({
  id: z.string(),
  source: z.string(),
  onTimer: z.strictObject({ domain, everyMs: z.int().positive(), untilMs: z.int() }).optional(),
  steps: z.array(
    z.union([
      z.strictObject({
        element: z.strictObject({ key: z.string(), timestampMs: vectorTimeMs, actions: z.array(action) }),
      }),
      z.strictObject({ watermarkMs: vectorTimeMs }),
      z.strictObject({ processingTimeMs: vectorTimeMs }),
      z.strictObject({ snapshotRestore: z.literal(true) }),
    ]),
  ),
  expected: z.array(z.strictObject({ fired: z.array(fired) })),
});

type TimerVector = z.output<typeof schema>;
type Domain = z.output<typeof domain>;
type Action = z.output<typeof action>;
type Fired = { readonly key: Key; readonly timestampMs: number; readonly domain: Domain };

/** Runs a case of flink-keyed-timers through this engine's timer service, snapshots through real files. */
export async function runKeyedTimerVector(vectorCase: unknown): Promise<VectorOutcome> {
  const vector = parseVector('flink-keyed-timers', schema, vectorCase);
  return compareSteps(vector.expected, await runSteps(vector));
}

async function runSteps({ steps, onTimer }: TimerVector): Promise<unknown[]> {
  const restorable = await Restorable.create(openHeapBackend, (state) => new TimerService(state));
  let fired: Fired[] = [];
  const fire =
    (domain: Domain) =>
    (key: Key, _namespace: number, timestampMs: number): void => {
      fired.push({ key, timestampMs, domain });
      if (onTimer?.domain !== domain || timestampMs >= onTimer.untilMs) return;
      register(restorable.subject, domain, key, timestampMs + onTimer.everyMs);
    };
  const actual: unknown[] = [];
  for (const step of steps) {
    if ('element' in step) {
      for (const action of step.element.actions) perform(restorable.subject, step.element.key, action);
    } else if ('watermarkMs' in step) {
      restorable.subject.advanceWatermark(step.watermarkMs, fire('eventTime'));
    } else if ('processingTimeMs' in step) {
      restorable.subject.advanceProcessingTime(step.processingTimeMs, fire('processingTime'));
    } else {
      await restorable.snapshotAndRestore();
    }
    actual.push({ fired: sortTiesByKey(fired) });
    fired = [];
  }
  await restorable.close();
  return actual;
}

function register(timers: TimerService, domain: Domain, key: Key, timeMs: number): void {
  if (domain === 'eventTime') timers.registerEventTime(key, VOID_NAMESPACE, timeMs);
  else timers.registerProcessingTime(key, VOID_NAMESPACE, timeMs);
}

function perform(timers: TimerService, key: Key, { op, atMs }: Action): void {
  switch (op) {
    case 'registerEventTime':
      timers.registerEventTime(key, VOID_NAMESPACE, atMs);
      break;
    case 'registerProcessingTime':
      timers.registerProcessingTime(key, VOID_NAMESPACE, atMs);
      break;
    case 'deleteEventTime':
      timers.deleteEventTime(key, VOID_NAMESPACE, atMs);
      break;
    case 'deleteProcessingTime':
      timers.deleteProcessingTime(key, VOID_NAMESPACE, atMs);
      break;
    default:
      op satisfies never;
  }
}

/** Keys have no promised order inside a run of equal times: the vectors hold them sorted. The order of the times stays as it was. */
function sortTiesByKey(fired: readonly Fired[]): Fired[] {
  const runs: Fired[][] = [];
  for (const timer of fired) {
    const run = runs.at(-1);
    if (run?.[0]?.timestampMs === timer.timestampMs) run.push(timer);
    else runs.push([timer]);
  }
  return runs.flatMap((run) => run.sort((left, right) => (left.key < right.key ? -1 : 1)));
}
