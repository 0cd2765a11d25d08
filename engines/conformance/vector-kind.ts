/** The formats of golden vector files, told apart by what their cases hold, so that a file may have any name. */
export const VECTOR_KINDS = [
  'flink-windows',
  'flink-cep',
  'flink-watermarks',
  'flink-keyed-timers',
  'spark-windows',
  'spark-state',
] as const;
export type VectorKind = (typeof VECTOR_KINDS)[number];

/** The format of a case, or undefined if it is of none. */
export function vectorKindOf(vectorCase: Readonly<Record<string, unknown>>): VectorKind | undefined {
  if (typeof vectorCase.query === 'object' && vectorCase.query !== null) {
    return 'window' in vectorCase.query ? 'spark-windows' : 'spark-state';
  }
  if ('pattern' in vectorCase) return 'flink-cep';
  if ('window' in vectorCase && 'trigger' in vectorCase) return 'flink-windows';
  if (['valve', 'generator', 'multiplexer'].includes(vectorCase.kind as string)) return 'flink-watermarks';
  return Array.isArray(vectorCase.steps) ? 'flink-keyed-timers' : undefined;
}
