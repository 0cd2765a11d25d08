import type { DeduplicateNode } from '../../pipeline/index.ts';
import type { EventTime } from './batch-plan.ts';
import type { OperatorInput, PlannedOperator } from './planned-operator.ts';

export interface DeduplicatePlan {
  readonly kind: 'deduplicate';
  readonly fields: readonly string[];
  /** Undefined: no row is late. */
  readonly eventTime: EventTime | undefined;
  /** When the watermark lets a combination be forgotten: never, at its event time, or at that of its first row and the delay. */
  readonly forgets: 'never' | 'at-event-time' | 'after-delay';
}

/** The first row of each combination of values, with all of its fields. */
export function planDeduplicate(
  { fields, withinWatermark }: DeduplicateNode,
  { eventTime }: OperatorInput,
): PlannedOperator {
  const holdsTime = eventTime !== undefined && fields.includes(eventTime.field);
  const operator: DeduplicatePlan = {
    kind: 'deduplicate',
    fields,
    eventTime,
    forgets: withinWatermark === true ? 'after-delay' : holdsTime ? 'at-event-time' : 'never',
  };
  const name = withinWatermark === true ? 'DeduplicateWithinWatermark' : 'Deduplicate';
  return { operator, reads: 'all', label: `${name} by [${fields.join(', ')}]` };
}
