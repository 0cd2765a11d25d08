import type { BufferedEvent, BufferNode } from './buffered-event.ts';
import type { DeweyNumber } from './dewey-number.ts';

/** A partial match: where it stands in the automaton and which way of the shared buffer leads to it (ComputationState in flink-cep). Never changed. */
export interface Computation {
  /** Index of the automaton's state. */
  readonly state: number;
  readonly version: DeweyNumber;
  /** The last event taken; undefined before the first. */
  readonly previous: BufferNode | undefined;
  readonly startEvent: BufferedEvent | undefined;
  /** Of the last event taken; -Infinity before the first. */
  readonly previousTimestampMs: number;
}
