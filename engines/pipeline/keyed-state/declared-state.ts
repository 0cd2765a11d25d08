import type {
  AggregatingState,
  ListState,
  MapState,
  ReducingState,
  StateValue,
  ValueState,
} from '../dataflow/index.ts';
import type { Key } from './state-tables.ts';

/** What a function is given. */
export type StateHandle =
  | ValueState<StateValue>
  | ListState<StateValue>
  | MapState<StateValue>
  | ReducingState<StateValue>
  | AggregatingState<StateValue, StateValue>;

/** The key that the operator works for. */
export interface CurrentKey {
  readonly key: Key;
}

/** One declared state, as the operator holds it. */
export interface DeclaredState {
  readonly handle: StateHandle;
  /** Whether there may be parts beyond the head. */
  readonly paged: boolean;
  /** Inside a prefetch: asks for what tells how much there is under the key. */
  requestHead(key: Key): void;
  /** With the head at hand: parts beyond it. */
  furtherPages(key: Key): number;
  /** Inside a prefetch: asks for parts beyond the head. */
  requestPages(key: Key, furtherPages: number): void;
  /** Removes what has expired under the key at this instant, and sets the next timer if anything is left. */
  sweep(key: Key, nowMs: number): void;
}
