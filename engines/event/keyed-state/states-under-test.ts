import type { StateDeclarations, StatesOf } from '../../pipeline/index.ts';
import { type OpenBackend, Restorable } from '../operator-harness/index.ts';
import type { Key } from '../state/index.ts';
import { DeclaredStates } from './declared-states.ts';

/** `restored`: thrown away and restored from a snapshot file after every use. */
export type Life = 'unbroken' | 'restored';

/** Declared states used as the operator uses them: a prefetch, then synchronous calls under one key. */
export class StatesUnderTest<Declarations extends StateDeclarations> {
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
    life: Life = 'unbroken',
  ): Promise<StatesUnderTest<Declarations>> {
    const current = { key: '' };
    const nowMs = (): number => states.nowMs;
    const restorable = await Restorable.create(
      open,
      (state) => new DeclaredStates({ declarations, state, current, nowMs }),
    );
    const states = new StatesUnderTest<Declarations>(restorable, current, life);
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
