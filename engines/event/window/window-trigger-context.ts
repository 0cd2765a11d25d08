import type { StateValue, TriggerContext } from '../../pipeline/index.ts';
import { type Key, VOID_NAMESPACE } from '../state/index.ts';
import type { TimerService } from '../timer/index.ts';

/** One object for all calls of a trigger: timers and state of the window that was entered last. */
export class WindowTriggerContext implements TriggerContext {
  readonly #timers: TimerService;
  readonly #nowMs: () => number;
  #key: Key = '';
  #namespace = VOID_NAMESPACE;
  #window: { triggerState: StateValue | undefined } = { triggerState: undefined };

  constructor(timers: TimerService, nowMs: () => number) {
    this.#timers = timers;
    this.#nowMs = nowMs;
  }

  /** @param window keeps the trigger's state; it may be changed in place */
  enter(key: Key, namespace: number, window: { triggerState: StateValue | undefined }): void {
    this.#key = key;
    this.#namespace = namespace;
    this.#window = window;
  }

  get currentWatermarkMs(): number {
    return this.#timers.currentWatermarkMs;
  }

  get currentProcessingTimeMs(): number {
    return this.#nowMs();
  }

  get state(): StateValue | undefined {
    return this.#window.triggerState;
  }

  setState(state: StateValue | undefined): void {
    this.#window.triggerState = state;
  }

  registerEventTimeTimer(timeMs: number): void {
    this.#timers.registerEventTime(this.#key, this.#namespace, timeMs);
  }

  deleteEventTimeTimer(timeMs: number): void {
    this.#timers.deleteEventTime(this.#key, this.#namespace, timeMs);
  }

  registerProcessingTimeTimer(timeMs: number): void {
    this.#timers.registerProcessingTime(this.#key, this.#namespace, timeMs);
  }

  deleteProcessingTimeTimer(timeMs: number): void {
    this.#timers.deleteProcessingTime(this.#key, this.#namespace, timeMs);
  }
}
