import type { StateDeclarations, StatesOf } from '../../dataflow/index.ts';
import type { Key } from '../state-tables.ts';

/** `restored`: thrown away and restored from what is durable after every use. */
export type Life = 'unbroken' | 'restored';

/** Declared states used as an operator uses them: a prefetch, then synchronous calls under one key. */
export interface StatesUnderTest<Declarations extends StateDeclarations> {
  nowMs: number;
  use<Result>(key: Key, call: (states: StatesOf<Declarations>) => Result): Promise<Result>;
  /** Lets the clock reach an instant, and cleans up. */
  sweepAt(nowMs: number): Promise<void>;
  /** Infinity without one. */
  readonly nextSweepMs: number;
  restore(): Promise<void>;
  close(): Promise<void>;
}

/** Opens empty states of an engine. */
export type OpenStates = <Declarations extends StateDeclarations>(
  declarations: Declarations,
  life: Life,
) => Promise<StatesUnderTest<Declarations>>;
