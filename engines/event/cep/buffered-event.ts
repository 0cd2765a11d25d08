import type { Row } from '../../pipeline/index.ts';
import type { DeweyNumber } from './dewey-number.ts';

/** An event that a partial match has taken. */
export interface BufferedEvent {
  readonly row: Row;
  readonly timestampMs: number;
  /** Tells events of one time apart: in the order in which they were first taken. */
  readonly ordinal: number;
  /** What took it: one node a stage. */
  readonly nodes: BufferNode[];
}

/** An event as one stage took it, with the ways that lead to it. It exists while something locks it. */
export interface BufferNode {
  readonly event: BufferedEvent;
  /** Index of the stage in the pattern. */
  readonly stage: number;
  exists: boolean;
  locks: number;
  edges: BufferEdge[];
}

/** The event before, for the matches whose version is compatible with the edge's. */
export interface BufferEdge {
  /** Undefined: the match begins here. */
  readonly target: BufferNode | undefined;
  readonly version: DeweyNumber;
  locks: number;
}

/** In the order of time, ties in arrival order. */
export function compareEvents(left: BufferedEvent, right: BufferedEvent): number {
  return left.timestampMs - right.timestampMs || left.ordinal - right.ordinal;
}
