import type { PatternMatch, PatternNode, Row } from '../../pipeline/index.ts';
import type { KeyedOperator, OperatorOutput } from '../operator/index.ts';
import { type Key, type KeyedStateTable, type StateBackend, VOID_NAMESPACE } from '../state/index.ts';
import { TimerService } from '../timer/index.ts';
import { isIdle, type MatchState } from './match-state.ts';
import { MATCH_STATE_CODEC } from './match-state-codec.ts';
import { Matcher, type MatchOutput } from './matcher.ts';
import { insertEvent, PENDING_EVENTS_CODEC, type PendingEvents, takeDue } from './pending-events.ts';

export interface PatternOperatorOptions<Raw> {
  /** Valid, see `validateDataflow`. */
  readonly node: Pick<PatternNode, 'pattern' | 'select' | 'timedOut'>;
  readonly state: StateBackend;
  readonly output: OperatorOutput<Raw>;
}

/**
 * Finds a pattern in the events of each key (CepOperator in flink-cep, in event time): events wait for the watermark and are taken in order
 * of time, ties in arrival order; those not after the watermark are late (semantics A18). A match has the time of the event that
 * completed it; one that the passing of time completes has the time to which the operator had then advanced.
 *
 * A key has no state and no timer while nothing of it waits and no match of it has begun (FLINK-23314 asks for that).
 */
export class PatternOperator<Raw> implements KeyedOperator<Raw> {
  readonly #state: StateBackend;
  readonly #pending: KeyedStateTable<PendingEvents>;
  readonly #matches: KeyedStateTable<MatchState>;
  readonly #timers: TimerService;
  readonly #output: OperatorOutput<Raw>;
  readonly #matcher: Matcher;
  readonly #matchOutput: SelectingOutput<Raw>;

  constructor({ node, state, output }: PatternOperatorOptions<Raw>) {
    this.#state = state;
    this.#pending = state.table('pattern.pending', PENDING_EVENTS_CODEC);
    this.#matches = state.table('pattern.matches', MATCH_STATE_CODEC);
    this.#timers = new TimerService(state);
    this.#output = output;
    this.#matchOutput = new SelectingOutput(node, output);
    this.#matcher = new Matcher(node.pattern, this.#matchOutput);
  }

  processElement(key: Key, row: Row, timestampMs: number, raw: Raw): void {
    if (timestampMs <= this.#timers.currentWatermarkMs) {
      this.#output.late(raw);
      return;
    }
    const event = { timestampMs, row };
    const waiting = this.#pending.getForUpdate(key, VOID_NAMESPACE);
    if (waiting === undefined) {
      this.#pending.put(key, VOID_NAMESPACE, [event]);
      this.#timers.registerEventTime(key, VOID_NAMESPACE, timestampMs);
      return;
    }
    insertEvent(waiting, event);
    // one timer a key suffices, that of its first event: it takes all that is due
    if (waiting[0] === event) this.#timers.registerEventTime(key, VOID_NAMESPACE, timestampMs);
  }

  processWatermark(watermarkMs: number): void {
    this.#timers.advanceWatermark(watermarkMs, this.#onTimer);
  }

  get nextProcessingTimeMs(): number {
    return Number.POSITIVE_INFINITY;
  }

  /** Patterns know event time only. */
  processProcessingTime(): void {}

  prefetch(keys: readonly Key[]): Promise<void> | undefined {
    return this.#state.prefetch(() => {
      for (const key of keys) this.#pending.request(key, VOID_NAMESPACE);
    });
  }

  prefetchTimers(watermarkMs: number): Promise<void> | undefined {
    return this.#state.prefetch(() => {
      this.#timers.forEachDue(watermarkMs, (key) => {
        this.#pending.request(key, VOID_NAMESPACE);
        this.#matches.request(key, VOID_NAMESPACE);
      });
    });
  }

  prefetchProcessingTimers(): undefined {
    return undefined;
  }

  readonly #onTimer = (key: Key): void => {
    const watermarkMs = this.#timers.currentWatermarkMs;
    const due = this.#takeDue(key, watermarkMs);
    const before = this.#matches.getForUpdate(key, VOID_NAMESPACE);
    if (before === undefined && due.length === 0) return;
    const state = before ?? this.#matcher.initialState();
    this.#matchOutput.key = key;
    let timeMs = Number.NEGATIVE_INFINITY;
    let ordinal = 0;
    for (const { timestampMs, row } of due) {
      if (timestampMs !== timeMs) {
        timeMs = timestampMs;
        ordinal = 0;
        this.#matcher.advanceTime(state, timestampMs);
      }
      this.#matcher.process(state, row, timestampMs, ordinal);
      ordinal += 1;
    }
    this.#matcher.advanceTime(state, watermarkMs);
    if (isIdle(state)) {
      if (before !== undefined) this.#matches.remove(key, VOID_NAMESPACE);
      return;
    }
    if (before === undefined) this.#matches.put(key, VOID_NAMESPACE, state);
    const timeOutMs = this.#matcher.nextTimeOutMs(state);
    if (timeOutMs !== Number.POSITIVE_INFINITY) {
      this.#timers.registerEventTime(key, VOID_NAMESPACE, timeOutMs);
    }
  };

  #takeDue(key: Key, watermarkMs: number): ReturnType<typeof takeDue> {
    const waiting = this.#pending.getForUpdate(key, VOID_NAMESPACE);
    if (waiting === undefined) return [];
    const due = takeDue(waiting, watermarkMs);
    const next = waiting[0];
    if (next === undefined) this.#pending.remove(key, VOID_NAMESPACE);
    else this.#timers.registerEventTime(key, VOID_NAMESPACE, next.timestampMs);
    return due;
  }
}

/** Makes rows of matches. */
class SelectingOutput<Raw> implements MatchOutput {
  readonly #node: PatternOperatorOptions<Raw>['node'];
  readonly #output: OperatorOutput<Raw>;
  /** The key whose events are taken. */
  key: Key = '';

  constructor(node: PatternOperatorOptions<Raw>['node'], output: OperatorOutput<Raw>) {
    this.#node = node;
    this.#output = output;
  }

  match(match: PatternMatch, timestampMs: number): void {
    this.#output.emit(this.key, this.#node.select(this.key, match), timestampMs);
  }

  timedOut(partial: PatternMatch, timeMs: number): void {
    const { timedOut } = this.#node;
    if (timedOut === undefined) return;
    this.#output.side(timedOut.output, this.key, timedOut.select(this.key, partial, timeMs));
  }
}
