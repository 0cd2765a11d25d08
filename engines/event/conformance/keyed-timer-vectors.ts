import { z } from 'zod';
import type { KeyedProcess, KeyedProcessContext, VectorOutcome } from '../../pipeline/index.ts';
import { KeyedProcessOperator } from '../keyed-process/index.ts';
import {
  type OpenBackend,
  type OperatorEmission,
  openHeapBackend,
  runOperatorSteps,
} from '../operator-harness/index.ts';
import type { Key } from '../state/index.ts';
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

/** Runs a case of flink-keyed-timers through this engine's operator of keyed functions, snapshots through real files. */
export function runKeyedTimerVector(vectorCase: unknown): Promise<VectorOutcome> {
  return runKeyedTimerVectorOn(openHeapBackend, vectorCase, runOperatorSteps);
}

/** The same on another state backend, or with restores. */
export async function runKeyedTimerVectorOn(
  open: OpenBackend,
  vectorCase: unknown,
  run: typeof runOperatorSteps,
): Promise<VectorOutcome> {
  const vector = parseVector('flink-keyed-timers', schema, vectorCase);
  return compareSteps(vector.expected, await runSteps(open, vector, run));
}

async function runSteps(
  open: OpenBackend,
  { steps, onTimer }: TimerVector,
  run: typeof runOperatorSteps,
): Promise<unknown[]> {
  const fire =
    (domain: Domain) =>
    (timestampMs: number, context: KeyedProcessContext): void => {
      context.emit({ domain });
      if (onTimer?.domain !== domain || timestampMs >= onTimer.untilMs) return;
      const nextMs = timestampMs + onTimer.everyMs;
      if (domain === 'eventTime') context.registerEventTimeTimer(nextMs);
      else context.registerProcessingTimeTimer(nextMs);
    };
  const process: KeyedProcess = {
    processRows: ([row], context) => {
      const step = steps[row?.step as number];
      if (step === undefined || !('element' in step)) return;
      for (const action of step.element.actions) perform(context, action);
    },
    onEventTimeTimer: fire('eventTime'),
    onProcessingTimeTimer: fire('processingTime'),
  };
  const emissions = await run(
    open,
    (parts) => new KeyedProcessOperator({ ...parts, process }),
    steps.map((step, index) =>
      'element' in step
        ? {
            element: {
              key: step.element.key,
              row: { step: index },
              timestampMs: step.element.timestampMs,
              raw: undefined,
            },
          }
        : step,
    ),
  );
  return emissions.map((emitted) => ({ fired: sortTiesByKey(emitted.flatMap(firedOf)) }));
}

function firedOf(emission: OperatorEmission<undefined>): Fired[] {
  if (emission.kind !== 'result') return [];
  const { key, row, timestampMs } = emission;
  return [{ key, timestampMs, domain: row.domain as Domain }];
}

function perform(context: KeyedProcessContext, { op, atMs }: Action): void {
  switch (op) {
    case 'registerEventTime':
      context.registerEventTimeTimer(atMs);
      break;
    case 'registerProcessingTime':
      context.registerProcessingTimeTimer(atMs);
      break;
    case 'deleteEventTime':
      context.deleteEventTimeTimer(atMs);
      break;
    case 'deleteProcessingTime':
      context.deleteProcessingTimeTimer(atMs);
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
