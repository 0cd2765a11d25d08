import type { Row, TriggerResult, WindowBounds } from '../../pipeline/index.ts';
import type { KeyedOperator, OperatorOutput } from '../operator/index.ts';
import type { Key, StateBackend } from '../state/index.ts';
import { TimerService } from '../timer/index.ts';
import { lastMsOf, type WindowTrigger } from './trigger.ts';
import type { WindowContent } from './window-content.ts';
import type { WindowState } from './window-state.ts';
import { WindowTriggerContext } from './window-trigger-context.ts';

/** The clock of a window; also that of its end. `none`: a global window never ends, and nothing is late for it. */
export type WindowTime = 'event' | 'processing' | 'none';

type TimerDomain = 'event' | 'processing';

export interface TriggeredWindowOptions<Content, Raw> {
  readonly content: WindowContent<Content>;
  readonly trigger: WindowTrigger;
  readonly time: WindowTime;
  /** How long a window's state outlives its end in event time. */
  readonly allowedLatenessMs: number;
  readonly state: StateBackend;
  readonly output: OperatorOutput<Raw>;
  readonly nowMs: () => number;
}

/**
 * What Flink's WindowOperator does for windows of every kind (semantics A3 to A8, A22): elements go into the windows that are not late,
 * the trigger is asked, the window fires or is purged, and goes when its cleanup time comes. Which windows there are, and where their
 * state is, is the matter of the class that extends this one.
 */
export abstract class TriggeredWindowOperator<Content, Raw> implements KeyedOperator<Raw> {
  protected readonly content: WindowContent<Content>;
  protected readonly trigger: WindowTrigger;
  protected readonly context: WindowTriggerContext;
  readonly #time: WindowTime;
  readonly #allowedLatenessMs: number;
  readonly #state: StateBackend;
  readonly #timers: TimerService;
  readonly #output: OperatorOutput<Raw>;
  readonly #nowMs: () => number;
  /** The instant for which state was brought into reach: elements of that batch go into its windows. */
  #prefetchedAtMs: number | undefined;

  constructor(options: TriggeredWindowOptions<Content, Raw>) {
    this.content = options.content;
    this.trigger = options.trigger;
    this.#time = options.time;
    this.#allowedLatenessMs = options.allowedLatenessMs;
    this.#state = options.state;
    this.#timers = new TimerService(options.state);
    this.#output = options.output;
    this.#nowMs = options.nowMs;
    this.context = new WindowTriggerContext(this.#timers, options.nowMs);
  }

  /**
   * Puts an element into its windows.
   *
   * @param timeMs by which windows are assigned
   * @returns whether any window took it
   */
  protected abstract assign(key: Key, row: Row, timeMs: number, timestampMs: number): boolean;
  /** The trigger's timer, or the one of the cleanup time. */
  protected abstract onTimer(domain: TimerDomain, key: Key, namespace: number, timeMs: number): void;
  /** Inside a prefetch: requests the state of an element's windows. */
  protected abstract requestFor(key: Key, timeMs: number): void;
  /** The same, of the window that a timer is for. */
  protected abstract requestNamespace(key: Key, namespace: number): void;

  processElement(key: Key, row: Row, timestampMs: number, raw: Raw): void {
    const taken = this.assign(key, row, this.#assignedMs(timestampMs), timestampMs);
    // Also an element that no window is there for, between windows whose slide exceeds their size.
    if (
      !taken &&
      this.#time === 'event' &&
      timestampMs + this.#allowedLatenessMs <= this.#timers.currentWatermarkMs
    ) {
      this.#output.late(raw);
    }
  }

  processWatermark(watermarkMs: number): void {
    this.#timers.advanceWatermark(watermarkMs, this.#onEventTimer);
  }

  get nextProcessingTimeMs(): number {
    return this.#timers.nextProcessingTimeMs;
  }

  processProcessingTime(nowMs: number): void {
    this.#timers.advanceProcessingTime(nowMs, this.#onProcessingTimer);
  }

  prefetch(keys: readonly Key[], timestampsMs: readonly number[]): Promise<void> | undefined {
    this.#prefetchedAtMs = this.#nowMs();
    return this.#state.prefetch(() => {
      for (let index = 0; index < keys.length; index++) {
        this.requestFor(keys[index]!, this.#assignedMs(timestampsMs[index]!));
      }
    });
  }

  prefetchTimers(watermarkMs: number): Promise<void> | undefined {
    return this.#state.prefetch(() => this.#timers.forEachDue(watermarkMs, this.#request));
  }

  prefetchProcessingTimers(nowMs: number): Promise<void> | undefined {
    return this.#state.prefetch(() => this.#timers.forEachProcessingDue(nowMs, this.#request));
  }

  /** A window is late if its state is gone by now (semantics A4). */
  protected isLate(window: WindowBounds): boolean {
    return this.#time === 'event' && this.#cleanupMs(window) <= this.#timers.currentWatermarkMs;
  }

  protected addElement(
    key: Key,
    namespace: number,
    window: WindowBounds,
    state: WindowState<Content>,
    row: Row,
    timestampMs: number,
  ): void {
    state.content ??= this.content.create();
    this.content.add(state.content, row);
    this.context.enter(key, namespace, state);
    this.#act(this.trigger.onElement(row, timestampMs, window, this.context), key, window, state);
    const cleanupMs = this.#cleanupMs(window);
    if (cleanupMs === Number.POSITIVE_INFINITY) return;
    if (this.#time === 'event') this.#timers.registerEventTime(key, namespace, cleanupMs);
    else this.#timers.registerProcessingTime(key, namespace, cleanupMs);
  }

  protected deleteCleanupTimer(key: Key, namespace: number, window: WindowBounds): void {
    if (this.#time === 'event') this.#timers.deleteEventTime(key, namespace, this.#cleanupMs(window));
    else this.#timers.deleteProcessingTime(key, namespace, this.#cleanupMs(window));
  }

  /** @returns whether the window's time is over: its state goes */
  protected fireTimer(
    domain: TimerDomain,
    key: Key,
    namespace: number,
    window: WindowBounds,
    state: WindowState<Content>,
    timeMs: number,
  ): boolean {
    this.context.enter(key, namespace, state);
    const result =
      domain === 'event'
        ? this.trigger.onEventTime?.(timeMs, window, this.context)
        : this.trigger.onProcessingTime?.(timeMs, window, this.context);
    this.#act(result ?? 'continue', key, window, state);
    if (domain !== this.#time || timeMs !== this.#cleanupMs(window)) return false;
    this.trigger.clear?.(window, this.context);
    return true;
  }

  #act(result: TriggerResult, key: Key, window: WindowBounds, state: WindowState<Content>): void {
    const fires = result === 'fire' || result === 'fireAndPurge';
    if (fires && state.content !== undefined) this.content.emit(key, state.content, window);
    if (result === 'purge' || result === 'fireAndPurge') state.content = undefined;
  }

  /** Infinity, and no timer for it, of the global window. */
  #cleanupMs(window: WindowBounds): number {
    return this.#time === 'event' ? lastMsOf(window) + this.#allowedLatenessMs : lastMsOf(window);
  }

  #assignedMs(timestampMs: number): number {
    return this.#time === 'processing' ? (this.#prefetchedAtMs ?? this.#nowMs()) : timestampMs;
  }

  readonly #onEventTimer = (key: Key, namespace: number, timeMs: number): void =>
    this.onTimer('event', key, namespace, timeMs);

  readonly #onProcessingTimer = (key: Key, namespace: number, timeMs: number): void =>
    this.onTimer('processing', key, namespace, timeMs);

  readonly #request = (key: Key, namespace: number): void => this.requestNamespace(key, namespace);
}
