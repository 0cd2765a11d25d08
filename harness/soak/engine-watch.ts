import type { EngineStep, PipelineEvent } from '../../engines/pipeline/index.ts';

/** What can be aimed at, with how long it took the last time. */
type Stretch = EngineStep | 'restart';

/** Before the first of its kind has been seen, milliseconds. */
const FIRST_GUESS_MS: Readonly<Record<Stretch, number>> = {
  restart: 600,
  restore: 100,
  checkpoint: 30,
  commit: 15,
};

/** Where an engine stands by what it has told so far, for whoever wants to hit it there. */
export class EngineWatch {
  #life: 'dying' | 'starting' | 'running' = 'running';
  #startedAtNs = 0n;
  readonly #begunAtNs: Partial<Record<EngineStep, bigint>> = {};
  readonly #begun: Record<EngineStep, number> = { restore: 0, checkpoint: 0, commit: 0 };
  readonly #durationsMs: Record<Stretch, number> = { ...FIRST_GUESS_MS };

  hear(event: PipelineEvent): void {
    switch (event.kind) {
      case 'process-started':
        this.#life = 'starting';
        this.#startedAtNs = event.atNs;
        return;
      case 'running':
        if (this.#life === 'starting') this.#took('restart', this.#startedAtNs, event.atNs);
        this.#life = 'running';
        return;
      case 'process-exited':
        this.killed();
        return;
      case 'step-begun':
        this.#begun[event.step] += 1;
        this.#begunAtNs[event.step] = event.atNs;
        return;
      case 'checkpoint-completed':
      case 'batch-completed':
        for (const step of ['checkpoint', 'commit'] as const) {
          this.#took(step, this.#begunAtNs[step], event.atNs);
          delete this.#begunAtNs[step];
        }
        return;
      default:
        return;
    }
  }

  /** The process has been killed: until another has started there is nothing to hit. */
  killed(): void {
    this.#life = 'dying';
    for (const step of ['checkpoint', 'commit'] as const) delete this.#begunAtNs[step];
  }

  /** Whether there is a process. */
  get isAlive(): boolean {
    return this.#life !== 'dying';
  }

  get isRunning(): boolean {
    return this.#life === 'running';
  }

  /** How many steps of the kind have begun so far. */
  begun(step: EngineStep): number {
    return this.#begun[step];
  }

  /** Milliseconds that it took the last time. */
  durationMs(stretch: Stretch): number {
    return this.#durationsMs[stretch];
  }

  #took(stretch: Stretch, fromNs: bigint | undefined, toNs: bigint): void {
    if (fromNs !== undefined) this.#durationsMs[stretch] = Number(toNs - fromNs) / 1e6;
  }
}
