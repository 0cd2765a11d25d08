import { z } from 'zod';
import { microBatchErrors } from '../errors.ts';
import type { ValueCodec } from './state-store.ts';

const headerSchema = z.object({
  kind: z.enum(['delta', 'snapshot']),
  version: z.number(),
  entries: z.number(),
});

/** A change of one key: the value put, or undefined for removed. */
export type StateChange<Value> = readonly [key: string, value: Value | undefined];

/**
 * A state file: a header line, then a line a key, `+key-as-JSON<tab>value` or `-key-as-JSON`. The header's count
 * tells a whole file from a cut one.
 */
export function formatStateFile<Value>(
  kind: 'delta' | 'snapshot',
  version: number,
  changes: Iterable<StateChange<Value>>,
  codec: ValueCodec<Value>,
): string {
  const lines: string[] = [];
  for (const [key, value] of changes) {
    const name = JSON.stringify(key);
    lines.push(value === undefined ? `-${name}` : `+${name}\t${codec.encode(value)}`);
  }
  return [JSON.stringify({ kind, version, entries: lines.length }), ...lines].join('\n');
}

/** Gives every change of a file to `apply`; fails with MICRO_BATCH_STATE_CORRUPT. */
export function readStateFile<Value>(
  file: string,
  text: string,
  codec: ValueCodec<Value>,
  apply: (key: string, value: Value | undefined) => void,
): void {
  try {
    const lines = text.split('\n');
    const header = headerSchema.parse(JSON.parse(lines[0] as string));
    if (lines.length - 1 !== header.entries) {
      throw new Error(`${lines.length - 1} entries instead of ${header.entries}`);
    }
    for (let index = 1; index < lines.length; index++) {
      const line = lines[index] as string;
      const tab = line.indexOf('\t');
      if (line.startsWith('-')) apply(JSON.parse(line.slice(1)), undefined);
      else apply(JSON.parse(line.slice(1, tab)), codec.decode(line.slice(tab + 1)));
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw microBatchErrors.error('MICRO_BATCH_STATE_CORRUPT', { file, reason }, error);
  }
}
