import type { PatternNode } from './pattern.ts';

/** Why a pattern is wrong; undefined if it is right. What Flink refuses is refused. */
export function checkPattern(node: PatternNode): string | undefined {
  return node.pattern.stages.length === 0 ? 'the pattern has no stage' : undefined;
}
