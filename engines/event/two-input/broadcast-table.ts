import { z } from 'zod';
import type { StateValue, WritableBroadcastState } from '../../pipeline/index.ts';

/** Broadcast state in a checkpoint, as JSON. */
export const broadcastStateSchema = z.array(z.tuple([z.string(), z.json()]));

export type BroadcastEntries = z.infer<typeof broadcastStateSchema>;

/**
 * The broadcast state of one slot (Flink's HeapBroadcastState): on the heap whatever the backend, and the whole of it in each checkpoint, once a
 * slot. Each slot is given the same rows, those of one source partition in the same order in all.
 */
export class BroadcastTable implements WritableBroadcastState {
  readonly #values: Map<string, StateValue>;

  constructor(restored: BroadcastEntries = []) {
    this.#values = new Map(restored);
  }

  get(name: string): StateValue | undefined {
    return this.#values.get(name);
  }

  entries(): Iterable<readonly [string, StateValue]> {
    return this.#values.entries();
  }

  set(name: string, value: StateValue): void {
    this.#values.set(name, value);
  }

  delete(name: string): void {
    this.#values.delete(name);
  }

  /** Values are immutable by their type. */
  snapshot(): BroadcastEntries {
    return [...this.#values] as BroadcastEntries;
  }
}
