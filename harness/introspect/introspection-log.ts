import type { Introspection } from '../../engines/pipeline/index.ts';

/** One look at an engine. */
export interface Look {
  /** Monotonic. */
  readonly atNs: bigint;
  readonly introspection: Introspection;
}

const LOOK_INTERVAL_MS = 1_000;

/** Looks at a running engine at once and then once a second, from what its last heartbeat told: nothing is asked of it. */
export class IntrospectionLog {
  readonly #looks: Look[] = [];
  readonly #ask: () => Introspection | undefined;
  readonly #timer: NodeJS.Timeout;
  #stopped = false;

  /** @param onLook hears of each look, in order */
  constructor(ask: () => Introspection | undefined, onLook: (looks: readonly Look[]) => void = () => {}) {
    this.#ask = ask;
    this.#look();
    this.#timer = setInterval(() => {
      this.#look();
      onLook(this.#looks);
    }, LOOK_INTERVAL_MS);
    this.#timer.unref();
  }

  /** Looks once more, and no further; idempotent. */
  stop(): void {
    if (!this.#stopped) this.#look();
    this.#stopped = true;
    clearInterval(this.#timer);
  }

  get looks(): readonly Look[] {
    return this.#looks;
  }

  #look(): void {
    const introspection = this.#ask();
    if (introspection !== undefined) this.#looks.push({ atNs: process.hrtime.bigint(), introspection });
  }
}
