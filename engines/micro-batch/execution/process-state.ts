import type { StateDeclarations, StatesOf } from '../../pipeline/index.ts';
import { DeclaredStates } from '../../pipeline/keyed-state/index.ts';
import type { ProcessPlan } from '../plan/index.ts';
import type { StateStore } from '../state/index.ts';
import { DeclaredPages, type StoredPage } from './declared-pages.ts';
import { DueTimes } from './due-times.ts';
import { keyValue } from './key-column.ts';
import type { KeyState, TimerDomain } from './process-call.ts';
import { StateDueTimes } from './state-due-times.ts';

/** One state partition of a keyedProcess, in one version. */
export interface ProcessStores {
  readonly keys: StateStore<KeyState>;
  /** Undefined for a function without declared states. */
  readonly pages: StateStore<StoredPage> | undefined;
}

/** What a state partition of a keyedProcess keeps in memory from batch to batch: when timers and sweeps are due. */
export class ProcessState {
  /** Whose the declared states are. */
  readonly current: { key: string | number } = { key: '' };
  readonly #fires: Readonly<Record<TimerDomain, boolean>>;
  readonly #declares: boolean;
  readonly #pages: DeclaredPages;
  readonly #declared: DeclaredStates;
  readonly #eventTimers = new StateDueTimes<KeyState>(({ timersMs }) => timersMs[0]);
  readonly #clockTimers = new StateDueTimes<KeyState>(({ clockTimersMs }) => clockTimersMs?.[0]);
  #due: Readonly<Record<TimerDomain, DueTimes>> | undefined;
  #timestampMs = 0;

  constructor({ key, process, states }: ProcessPlan) {
    this.#fires = {
      event: process.onEventTimeTimer !== undefined,
      clock: process.onProcessingTimeTimer !== undefined,
    };
    this.#declares = Object.keys(states).length > 0;
    this.#pages = new DeclaredPages((text) => keyValue(text, key));
    this.#declared = new DeclaredStates({
      declarations: states,
      tables: this.#pages,
      current: this.current,
      nowMs: () => this.#timestampMs,
    });
  }

  /** When a timer or something that expires is due by the clock; -Infinity while that is not known. */
  get nextProcessingTimeMs(): number {
    const timerMs = this.#fires.clock ? this.#clockTimers.firstMs : Number.POSITIVE_INFINITY;
    return Math.min(timerMs, this.#pages.nextSweepMs);
  }

  /** The declared states of the current key. */
  get handles(): StatesOf<StateDeclarations> {
    return this.#declared.handles;
  }

  /** Begins a batch. State expires by its time. */
  async open({ keys, pages }: ProcessStores, timestampMs: number): Promise<void> {
    this.#timestampMs = timestampMs;
    // What never fires is not worth a scan of the state after a restart.
    this.#due = {
      event: this.#fires.event ? await this.#eventTimers.open(keys) : new DueTimes(),
      clock: this.#fires.clock ? await this.#clockTimers.open(keys) : new DueTimes(),
    };
    if (pages !== undefined) await this.#pages.open(pages);
  }

  /** Of the batch under way. */
  get due(): Readonly<Record<TimerDomain, DueTimes>> {
    if (this.#due === undefined) throw new TypeError('no batch was begun');
    return this.#due;
  }

  /** Brings the declared states of keys into reach. */
  async prefetch(calls: readonly { readonly key: string | number }[]): Promise<void> {
    if (!this.#declares) return;
    await this.#declared.prefetch(
      (visit) => {
        for (const { key } of calls) visit(key);
      },
      () => {},
    );
  }

  /** Removes what has expired, and puts the declared states that were changed into the store. */
  async finish(): Promise<void> {
    if (!this.#declares) return;
    const nowMs = this.#timestampMs;
    await this.#declared.prefetch(
      (visit) => this.#declared.forEachSwept(nowMs, visit),
      () => {},
    );
    this.#declared.sweep(nowMs);
    this.#pages.write();
  }

  committed(version: number): void {
    this.#eventTimers.committed(version);
    this.#clockTimers.committed(version);
    this.#pages.committed(version);
  }
}
