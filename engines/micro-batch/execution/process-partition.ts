import type { Row } from '../../pipeline/index.ts';
import type { ProcessPlan } from '../plan/index.ts';
import type { StateStore } from '../state/index.ts';
import { keyValue } from './key-column.ts';
import type { OutputRow } from './ports.ts';
import { type KeyState, ProcessCall } from './process-call.ts';

interface DueTimer {
  readonly timeMs: number;
  readonly key: string;
}

/** The work of a keyedProcess on one state partition in one batch. */
export class ProcessPartition {
  readonly rows: OutputRow[] = [];
  updated = 0;
  removed = 0;
  readonly #plan: ProcessPlan;
  readonly #store: StateStore<KeyState>;
  readonly #watermarkMs: number;
  /** Timers that rows of this batch registered for a time already passed: they wait for the next watermark. */
  readonly #waiting = new Map<string, Set<number>>();

  constructor(plan: ProcessPlan, store: StateStore<KeyState>, watermarkMs: number) {
    this.#plan = plan;
    this.#store = store;
    this.#watermarkMs = watermarkMs;
  }

  /** Calls the function once a key, with the key's rows in order. */
  async processRows(groups: ReadonlyMap<string, Row[]>): Promise<void> {
    const keys = [...groups.keys()];
    const before = await this.#store.getMany(keys);
    const { orderBy, process } = this.#plan;
    keys.forEach((key, index) => {
      const rows = groups.get(key) as Row[];
      // Array.prototype.sort is stable: ties stay in arrival order.
      rows.sort((a, b) => (a[orderBy] as number) - (b[orderBy] as number));
      const call = this.#call(key, before[index], (timeMs) => {
        if (timeMs <= this.#watermarkMs) this.#wait(key, timeMs);
      });
      process.processRows(rows, call);
      this.#keep(key, before[index], call);
    });
  }

  /**
   * Fires what the watermark reached, in order of time; what a callback registers for a time already reached fires in
   * the same pass.
   */
  async fireTimers(): Promise<void> {
    const due: DueTimer[] = [];
    await this.#store.scan((key, { timersMs }) => {
      for (const timeMs of timersMs) {
        if (timeMs > this.#watermarkMs) break;
        if (!this.#waiting.get(key)?.has(timeMs)) due.push({ timeMs, key });
      }
    });
    due.sort((a, b) => a.timeMs - b.timeMs);
    const keys = [...new Set(due.map(({ key }) => key))];
    const before = await this.#store.getMany(keys);
    const calls = new Map<string, ProcessCall>();
    let next = 0;
    keys.forEach((key, index) => {
      const register = (timeMs: number) => {
        if (timeMs <= this.#watermarkMs) insertDue(due, next, { timeMs, key });
      };
      calls.set(key, this.#call(key, before[index], register));
    });
    while (next < due.length) {
      const { timeMs, key } = due[next++] as DueTimer;
      const call = calls.get(key) as ProcessCall;
      // An earlier callback may have deleted it.
      if (!call.hasTimer(timeMs)) continue;
      call.deleteEventTimeTimer(timeMs);
      this.#plan.process.onEventTimeTimer?.(timeMs, call);
    }
    keys.forEach((key, index) => {
      this.#keep(key, before[index], calls.get(key) as ProcessCall);
    });
  }

  #call(key: string, before: KeyState | undefined, onRegister: (timeMs: number) => void): ProcessCall {
    const watermarkMs = this.#watermarkMs === 0 ? Number.NEGATIVE_INFINITY : this.#watermarkMs;
    const emit = (output: OutputRow) => {
      this.rows.push(output);
    };
    return new ProcessCall(keyValue(key, this.#plan.key), before, watermarkMs, emit, onRegister);
  }

  #keep(key: string, before: KeyState | undefined, call: ProcessCall): void {
    if (!call.changed) return;
    const result = call.result();
    if (result !== undefined) {
      this.#store.put(key, result);
      this.updated++;
    } else if (before !== undefined) {
      this.#store.remove(key);
      this.removed++;
    }
  }

  #wait(key: string, timeMs: number): void {
    const waiting = this.#waiting.get(key) ?? new Set();
    waiting.add(timeMs);
    this.#waiting.set(key, waiting);
  }
}

/** Keeps `due` sorted from `from` on; after those of the same time. */
function insertDue(due: DueTimer[], from: number, timer: DueTimer): void {
  let low = from;
  let high = due.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((due[middle] as DueTimer).timeMs <= timer.timeMs) low = middle + 1;
    else high = middle;
  }
  due.splice(low, 0, timer);
}
