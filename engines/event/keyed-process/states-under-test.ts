import type { StateDeclarations, StatesOf } from '../../pipeline/index.ts';
import { DeclaredStates } from '../../pipeline/keyed-state/index.ts';
import type { Life, StatesUnderTest } from '../../pipeline/keyed-state/testing/index.ts';
import { type OpenBackend, Restorable } from '../operator-harness/index.ts';
import type { Key } from '../state/index.ts';
import { declaredStateTables } from './declared-state-tables.ts';

/** Declared states in a backend, restored from snapshot files. */
export class BackendStates<Declarations extends StateDeclarations> implements StatesUnderTest<Declarations> {
  nowMs = 0;
  readonly #restorable: Restorable<DeclaredStates>;
  readonly #current: { key: Key };
  readonly #life: Life;

  private constructor(restorable: Restorable<DeclaredStates>, current: { key: Key }, life: Life) {
    this.#restorable = restorable;
    this.#current = current;
    this.#life = life;
  }

  static async create<Declarations extends StateDeclarations>(
    open: OpenBackend,
    declarations: Declarations,
    life: Life,
  ): Promise<BackendStates<Declarations>> {
    const current = { key: '' };
    const nowMs = (): number => states.nowMs;
    const restorable = await Restorable.create(
      open,
      (state) => new DeclaredStates({ declarations, tables: declaredStateTables(state), current, nowMs }),
    );
    const states = new BackendStates<Declarations>(restorable, current, life);
    return states;
  }

  async use<Result>(key: Key, call: (states: StatesOf<Declarations>) => Result): Promise<Result> {
    const { subject } = this.#restorable;
    this.#current.key = key;
    await subject.prefetch(
      (visit) => visit(key),
      () => {},
    );
    const result = call(subject.handles as StatesOf<Declarations>);
    await this.#afterUse();
    return result;
  }

  /** Lets the clock reach an instant, and cleans up. */
  async sweepAt(nowMs: number): Promise<void> {
    const { subject } = this.#restorable;
    this.nowMs = nowMs;
    await subject.prefetch(
      (visit) => subject.forEachSwept(nowMs, visit),
      () => {},
    );
    subject.sweep(nowMs);
    await this.#afterUse();
  }

  get nextSweepMs(): number {
    return this.#restorable.subject.nextSweepMs;
  }

  restore(): Promise<void> {
    return this.#restorable.snapshotAndRestore();
  }

  close(): Promise<void> {
    return this.#restorable.close();
  }

  async #afterUse(): Promise<void> {
    if (this.#life === 'restored') await this.restore();
  }
}
