import { fileURLToPath } from 'node:url';
import { VECTOR_KINDS } from './vector-kind.ts';

/** The vector files of this repository: what the real Flink and Spark printed. */
export function goldenFiles(): string[] {
  return VECTOR_KINDS.map((kind) => fileURLToPath(new URL(`./golden/${kind}.jsonl`, import.meta.url)));
}
