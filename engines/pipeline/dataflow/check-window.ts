import type { AggregateNode, Dataflow, Schema } from './nodes.ts';
import { keyOf, WINDOW_BOUNDS } from './schemas.ts';
import type { Trigger, WindowNode, WindowSpecification } from './window.ts';

const isWhole = Number.isSafeInteger;

/** Why a window node is wrong in itself; undefined if it is right. */
export function checkWindow(node: WindowNode): string | undefined {
  const { allowedLatenessMs = 0, trigger } = node;
  if (!isWhole(allowedLatenessMs) || allowedLatenessMs < 0) {
    return 'allowedLatenessMs must be a whole number of at least 0';
  }
  return checkBounds(node.window) ?? (trigger === undefined ? undefined : checkTrigger(trigger, node.window));
}

function checkBounds(window: WindowSpecification): string | undefined {
  switch (window.type) {
    case 'tumbling':
      return checkSize(window.sizeMs) ?? checkOffset(window.offsetMs, window.sizeMs, 'sizeMs');
    case 'sliding':
      if (!isWhole(window.slideMs) || window.slideMs <= 0) return 'slideMs must be a whole number above 0';
      return checkSize(window.sizeMs) ?? checkOffset(window.offsetMs, window.slideMs, 'slideMs');
    case 'session':
      return isWhole(window.gapMs) && window.gapMs > 0 ? undefined : 'gapMs must be a whole number above 0';
    case 'global':
      return undefined;
  }
}

function checkSize(sizeMs: number): string | undefined {
  return isWhole(sizeMs) && sizeMs > 0 ? undefined : 'sizeMs must be a whole number above 0';
}

/** Flink takes negative offsets too. */
function checkOffset(offsetMs: number, belowMs: number, name: string): string | undefined {
  return isWhole(offsetMs) && Math.abs(offsetMs) < belowMs
    ? undefined
    : `offsetMs must be a whole number between -${name} and ${name}`;
}

function checkTrigger(trigger: Trigger, window: WindowSpecification): string | undefined {
  switch (trigger.type) {
    case 'eventTime':
    case 'processingTime':
      return undefined;
    case 'count':
      return isWhole(trigger.count) && trigger.count > 0
        ? undefined
        : 'the count of a trigger must be a whole number above 0';
    case 'continuousEventTime':
      return isWhole(trigger.intervalMs) && trigger.intervalMs > 0
        ? undefined
        : 'the intervalMs of a trigger must be a whole number above 0';
    case 'purging':
      return checkTrigger(trigger.trigger, window);
    case 'custom':
      return window.type === 'session' && trigger.trigger.onMerge === undefined
        ? 'the trigger of a session window needs onMerge'
        : undefined;
  }
}

/** Why the aggregates are wrong for the rows that reach them; undefined if they are right. */
export function checkAggregates(node: AggregateNode, before: Schema, dataflow: Dataflow): string | undefined {
  const windowed = dataflow.nodes.some((other) => other.kind === 'window');
  if (node.emit === 'final' && !windowed) return 'results can only be final in a window';
  const aggregates = Object.entries(node.aggregates);
  if (aggregates.length === 0) return 'there is no aggregate';
  for (const [name, aggregate] of aggregates) {
    if (name === keyOf(dataflow)) return `the aggregate "${name}" has the name of the key`;
    if (windowed && Object.hasOwn(WINDOW_BOUNDS, name))
      return `the aggregate "${name}" has the name of a window bound`;
    if (aggregate.function === 'count' || aggregate.function === 'custom') continue;
    const type = before[aggregate.field];
    if (type !== 'int64' && type !== 'float64') {
      return `${aggregate.function} needs a number, and "${aggregate.field}" is no number field of (${Object.keys(before).join(', ')})`;
    }
  }
  return undefined;
}
