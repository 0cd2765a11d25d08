import type { Schema } from './nodes.ts';
import type { PatternMatch, PatternNode } from './pattern.ts';
import type { PatternBuilder } from './pattern-builder.ts';
import type { RowOf } from './row-types.ts';

/** `PatternNode` with the rows that the pattern is looked for in and those that are made of matches. */
export interface PatternOf<S extends Schema, Out extends Schema, TimedOut extends Schema>
  extends Pick<PatternNode, 'late'> {
  readonly pattern: PatternBuilder<RowOf<S>>;
  readonly select: (key: string | number, match: PatternMatch<RowOf<S>>) => RowOf<Out>;
  readonly outputSchema: Out;
  readonly timedOut?: {
    readonly output: string;
    readonly select: (
      key: string | number,
      partial: PatternMatch<RowOf<S>>,
      timeMs: number,
    ) => RowOf<TimedOut>;
    readonly outputSchema: TimedOut;
  };
}
