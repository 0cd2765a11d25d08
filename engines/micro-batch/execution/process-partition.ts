import type { KeyedProcess, Row, StateDeclarations, StatesOf } from '../../pipeline/index.ts';
import type { ProcessPlan } from '../plan/index.ts';
import type { StateStore } from '../state/index.ts';
import type { DueTimes } from './due-times.ts';
import { functionFailed } from './function-failed.ts';
import { keyValue } from './key-column.ts';
import type { OutputRow } from './ports.ts';
import { type KeyState, type ProcessBatch, ProcessCall, type TimerDomain } from './process-call.ts';
import type { ProcessState } from './process-state.ts';

interface DueTimer {
  readonly timeMs: number;
  readonly call: ProcessCall;
}

/** Timers of one domain as they fire, in order; those before `next` have fired. */
interface Firing {
  readonly domain: TimerDomain;
  readonly limitMs: number;
  readonly timers: DueTimer[];
  next: number;
}

interface PartitionBatch {
  readonly plan: ProcessPlan;
  readonly state: ProcessState;
  readonly store: StateStore<KeyState>;
  readonly batchId: number;
  /** 0 for none yet. */
  readonly watermarkMs: number;
  readonly timestampMs: number;
}

/** The work of a keyedProcess on one state partition in one batch. */
export class ProcessPartition implements ProcessBatch {
  readonly process: KeyedProcess;
  readonly states: StatesOf<StateDeclarations>;
  readonly watermarkMs: number;
  readonly timestampMs: number;
  readonly rows: OutputRow[] = [];
  updated = 0;
  removed = 0;
  readonly #plan: ProcessPlan;
  readonly #state: ProcessState;
  readonly #store: StateStore<KeyState>;
  readonly #batchId: number;
  /** By key: event-time timers that rows of this batch registered for a time already passed, which wait for the next watermark. */
  readonly #waiting = new Map<string, Set<number>>();
  readonly #due: Readonly<Record<TimerDomain, DueTimes>>;
  #firing: Firing | undefined;

  constructor({ plan, state, store, batchId, watermarkMs, timestampMs }: PartitionBatch) {
    this.process = plan.process;
    this.states = state.handles;
    this.watermarkMs = watermarkMs === 0 ? Number.NEGATIVE_INFINITY : watermarkMs;
    this.timestampMs = timestampMs;
    this.#plan = plan;
    this.#state = state;
    this.#store = store;
    this.#batchId = batchId;
    this.#due = state.due;
  }

  /** Calls the function once a key, with the key's rows. */
  async processRows(groups: ReadonlyMap<string, readonly Row[]>): Promise<void> {
    for (const call of await this.#load([...groups.keys()])) {
      const rows = groups.get(call.text) as readonly Row[];
      try {
        this.process.processRows(rows, this.#enter(call));
      } catch (error) {
        throw this.#failed(error, 'processRows', call);
      }
      this.#keep(call);
    }
  }

  /**
   * Fires the timers of a domain up to and including a time, in order of time; what a callback registers for a time
   * already reached fires in the same pass.
   */
  async fireTimers(domain: TimerDomain, limitMs: number): Promise<void> {
    const calls = await this.#load(this.#due[domain].takeUpTo(limitMs));
    const timers = calls.flatMap((call) =>
      call
        .timersUpTo(domain, limitMs)
        .filter((timeMs) => domain === 'clock' || !this.#waiting.get(call.text)?.has(timeMs))
        .map((timeMs) => ({ timeMs, call })),
    );
    timers.sort((a, b) => a.timeMs - b.timeMs);
    const firing: Firing = { domain, limitMs, timers, next: 0 };
    this.#firing = firing;
    while (firing.next < timers.length) {
      const { timeMs, call } = timers[firing.next++] as DueTimer;
      // An earlier callback may have deleted it.
      if (call.takeTimer(domain, timeMs)) this.#fire(domain, timeMs, call);
    }
    this.#firing = undefined;
    for (const call of calls) this.#keep(call);
  }

  emit(key: string | number, row: Row): void {
    this.rows.push({ key, row });
  }

  registered(call: ProcessCall, domain: TimerDomain, timeMs: number): void {
    const firing = this.#firing;
    if (firing !== undefined) {
      if (domain === firing.domain && timeMs <= firing.limitMs) insertDue(firing, { timeMs, call });
    } else if (domain === 'event' && timeMs <= this.watermarkMs) {
      const waiting = this.#waiting.get(call.text) ?? new Set();
      waiting.add(timeMs);
      this.#waiting.set(call.text, waiting);
    }
  }

  async #load(texts: readonly string[]): Promise<readonly ProcessCall[]> {
    if (texts.length === 0) return [];
    const before = await this.#store.getMany(texts);
    const calls = texts.map(
      (text, index) => new ProcessCall(text, keyValue(text, this.#plan.key), before[index], this),
    );
    await this.#state.prefetch(calls);
    return calls;
  }

  #fire(domain: TimerDomain, timeMs: number, call: ProcessCall): void {
    const callback = domain === 'event' ? 'onEventTimeTimer' : 'onProcessingTimeTimer';
    try {
      this.process[callback]?.(timeMs, this.#enter(call));
    } catch (error) {
      throw this.#failed(error, callback, call);
    }
  }

  /** What follows is for the key of the call, its declared states too. */
  #enter(call: ProcessCall): ProcessCall {
    this.#state.current.key = call.key;
    return call;
  }

  #failed(error: unknown, name: string, { key }: ProcessCall) {
    const { dataflow } = this.#plan;
    return functionFailed(error, { dataflow, function: name, key, batchId: this.#batchId });
  }

  #keep(call: ProcessCall): void {
    const { text, before } = call;
    const result = call.changed ? call.result() : before;
    this.#due.event.set(text, result?.timersMs[0]);
    this.#due.clock.set(text, result?.clockTimersMs?.[0]);
    if (!call.changed) return;
    if (result !== undefined) {
      this.#store.put(text, result);
      this.updated++;
    } else if (before !== undefined) {
      this.#store.remove(text);
      this.removed++;
    }
  }
}

/** Keeps what is still to fire sorted; after those of the same time. */
function insertDue({ timers, next }: Firing, timer: DueTimer): void {
  let low = next;
  let high = timers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((timers[middle] as DueTimer).timeMs <= timer.timeMs) low = middle + 1;
    else high = middle;
  }
  timers.splice(low, 0, timer);
}
