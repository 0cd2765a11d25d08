import type { StateTtl, StateValue } from '../dataflow/index.ts';
import type { Key, SweepAtMs, Sweeps } from './state-tables.ts';

/** A value with the instant of its last use, as it is stored where it expires. */
export type Stamped = readonly [value: StateValue, usedAtMs: number];

const SWEEPS_A_TTL = 8;

/** The rules of one state's expiry (Flink's AbstractTtlDecorator and TtlUtils): what is `ttlMs` old has expired. */
export class TimeToLive {
  readonly ttlMs: number;
  readonly updatesOnRead: boolean;
  readonly returnsExpired: boolean;
  readonly nowMs: () => number;
  readonly #sweeps: Sweeps | undefined;

  /** @param sweeps timers of the background clean-up, if there is one */
  constructor(ttl: StateTtl, nowMs: () => number, sweeps: Sweeps | undefined) {
    this.ttlMs = ttl.ttlMs;
    this.updatesOnRead = ttl.update === 'onReadAndWrite';
    this.returnsExpired = ttl.visibility === 'returnExpiredIfNotCleanedUp';
    this.nowMs = nowMs;
    this.#sweeps = sweeps;
  }

  stamp(value: StateValue): Stamped {
    return [value, this.nowMs()];
  }

  expired(usedAtMs: number, nowMs: number): boolean {
    return usedAtMs + this.ttlMs <= nowMs;
  }

  /** For state that comes into being. */
  firstSweep(key: Key): SweepAtMs {
    return this.sweepAt(key, this.nowMs() + this.ttlMs);
  }

  /** For state of many parts after a sweep: when the oldest expires, but not so soon that a pass over all of them comes for each. */
  nextSweep(key: Key, oldestMs: number, nowMs: number): SweepAtMs {
    return this.sweepAt(key, Math.max(oldestMs + this.ttlMs, nowMs + Math.ceil(this.ttlMs / SWEEPS_A_TTL)));
  }

  sweepAt(key: Key, timeMs: number): SweepAtMs {
    if (this.#sweeps === undefined) return null;
    this.#sweeps.register(key, timeMs);
    return timeMs;
  }

  /** For state that goes. */
  noSweep(key: Key, atMs: SweepAtMs): void {
    if (atMs !== null) this.#sweeps?.delete(key, atMs);
  }
}

/** The instant of the least recent use. */
export function oldestOf(stamped: Iterable<Stamped>): number {
  let oldestMs = Number.POSITIVE_INFINITY;
  for (const [, usedAtMs] of stamped) oldestMs = Math.min(oldestMs, usedAtMs);
  return oldestMs;
}
