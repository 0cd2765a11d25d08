import type {
  CustomTrigger,
  StateValue,
  Trigger,
  TriggerResult,
  WindowBounds,
} from '../../pipeline/index.ts';

/** What decides when a window fires: the engine's own triggers, written as a user's would be, or one of the user's. */
export type WindowTrigger = CustomTrigger;

/** Makes the trigger that a node asks for. */
export function createTrigger(trigger: Trigger): WindowTrigger {
  switch (trigger.type) {
    case 'eventTime':
      return EVENT_TIME;
    case 'processingTime':
      return PROCESSING_TIME;
    case 'count':
      return countTrigger(trigger.count);
    case 'continuousEventTime':
      return continuousEventTimeTrigger(trigger.intervalMs);
    case 'purging':
      return purgingTrigger(createTrigger(trigger.trigger));
    case 'custom':
      return trigger.trigger;
    default:
      return trigger satisfies never;
  }
}

/** Never fires: what a global window has of itself (GlobalWindows.NeverTrigger). */
export const NEVER: WindowTrigger = { onElement: () => 'continue', onMerge: () => {} };

/** The last instant of a window. Infinity of the global one. */
export function lastMsOf({ endMs }: WindowBounds): number {
  return endMs - 1;
}

/** Fires when the watermark passes the window's end, and for each element after it (semantics A3; EventTimeTrigger). */
const EVENT_TIME: WindowTrigger = {
  onElement(_row, _timestampMs, window, context) {
    const lastMs = lastMsOf(window);
    if (lastMs <= context.currentWatermarkMs) return 'fire';
    context.registerEventTimeTimer(lastMs);
    return 'continue';
  },
  onEventTime: (timeMs, window) => (timeMs === lastMsOf(window) ? 'fire' : 'continue'),
  onMerge(window, context) {
    const lastMs = lastMsOf(window);
    if (lastMs > context.currentWatermarkMs) context.registerEventTimeTimer(lastMs);
  },
  clear: (window, context) => context.deleteEventTimeTimer(lastMsOf(window)),
};

/** The same by the clock (ProcessingTimeTrigger). */
const PROCESSING_TIME: WindowTrigger = {
  onElement(_row, _timestampMs, window, context) {
    context.registerProcessingTimeTimer(lastMsOf(window));
    return 'continue';
  },
  onProcessingTime: () => 'fire',
  onMerge(window, context) {
    const lastMs = lastMsOf(window);
    if (lastMs > context.currentProcessingTimeMs) context.registerProcessingTimeTimer(lastMs);
  },
  clear: (window, context) => context.deleteProcessingTimeTimer(lastMsOf(window)),
};

/** Fires at every so many elements since it last fired; its state is their number (semantics A23; CountTrigger). */
function countTrigger(count: number): WindowTrigger {
  return {
    onElement(_row, _timestampMs, _window, context) {
      const seen = ((context.state as number | undefined) ?? 0) + 1;
      context.setState(seen >= count ? undefined : seen);
      return seen >= count ? 'fire' : 'continue';
    },
    onMerge(_window, context, states) {
      if (states.length > 0)
        context.setState((states as readonly number[]).reduce((sum, seen) => sum + seen));
    },
  };
}

/**
 * Fires when the watermark passes multiples of the interval, and at the end of the window; its state is the next time
 * (ContinuousEventTimeTrigger). The end of the input is no time: a global window then fires once more, where Flink would go on to
 * the last millisecond of a long.
 */
function continuousEventTimeTrigger(intervalMs: number): WindowTrigger {
  const fireNextAt = (
    timeMs: number,
    window: WindowBounds,
    context: Parameters<WindowTrigger['onElement']>[3],
  ) => {
    const lastMs = lastMsOf(window);
    const ended = lastMs === Number.POSITIVE_INFINITY && context.currentWatermarkMs === lastMs;
    const nextMs = ended ? lastMs : Math.min(timeMs + intervalMs, lastMs);
    context.setState(nextMs);
    context.registerEventTimeTimer(nextMs);
  };
  return {
    onElement(_row, timestampMs, window, context) {
      const lastMs = lastMsOf(window);
      if (lastMs <= context.currentWatermarkMs) return 'fire';
      context.registerEventTimeTimer(lastMs);
      // The remainder has the sign of the time, as in Java: before 1970 the first time is one interval late.
      if (context.state === undefined) fireNextAt(timestampMs - (timestampMs % intervalMs), window, context);
      return 'continue';
    },
    onEventTime(timeMs, window, context) {
      if (timeMs === lastMsOf(window)) return 'fire';
      if (context.state !== timeMs) return 'continue';
      fireNextAt(timeMs, window, context);
      return 'fire';
    },
    onMerge(_window, context, states) {
      if (states.length === 0) return;
      const nextMs = Math.min(...(states as readonly number[]));
      context.setState(nextMs);
      context.registerEventTimeTimer(nextMs);
    },
    clear(_window, context) {
      if (context.state !== undefined) context.deleteEventTimeTimer(context.state as number);
    },
  };
}

/** Empties the window whenever the inner trigger fires (PurgingTrigger). */
function purgingTrigger(inner: WindowTrigger): WindowTrigger {
  const purging = (result: TriggerResult): TriggerResult => (result === 'fire' ? 'fireAndPurge' : result);
  return {
    onElement: (row, timestampMs, window, context) =>
      purging(inner.onElement(row, timestampMs, window, context)),
    onEventTime: (timeMs, window, context) =>
      purging(inner.onEventTime?.(timeMs, window, context) ?? 'continue'),
    onProcessingTime: (timeMs, window, context) =>
      purging(inner.onProcessingTime?.(timeMs, window, context) ?? 'continue'),
    onMerge: (window, context, states: readonly StateValue[]) => inner.onMerge?.(window, context, states),
    clear: (window, context) => inner.clear?.(window, context),
  };
}
