import type { CheckpointSize, CheckpointTally } from '../../pipeline/index.ts';

/** How the checkpoints of a job ended, since its slots started. */
export class CheckpointCount {
  #completed = 0;
  #failed = 0;
  #timedOut = 0;
  #last: CheckpointSize | null = null;

  complete(checkpoint: CheckpointSize): void {
    this.#completed++;
    this.#last = checkpoint;
  }

  fail(cause: 'time-out' | 'other'): void {
    this.#failed++;
    if (cause === 'time-out') {
      this.#timedOut++;
    }
  }

  tally(): CheckpointTally {
    return {
      completed: this.#completed,
      failed: this.#failed,
      timedOut: this.#timedOut,
      last: this.#last,
    };
  }
}
