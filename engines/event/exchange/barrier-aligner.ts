/** What the arrival of a barrier means for the task that reads the channels. */
export type BarrierStep = 'aligning' | 'aligned';

/**
 * Aligned barriers (Chandy and Lamport's markers as Flink's SingleCheckpointBarrierHandler uses them): a channel is blocked after its barrier until the same
 * barrier has arrived on all channels, so state never holds a record of the next checkpoint. Checkpoints of one job do not overlap.
 */
export class BarrierAligner {
  readonly #blocked: boolean[];
  #checkpointId = 0;
  #arrived = 0;
  #startedAtNs = 0n;

  constructor(channels: number) {
    this.#blocked = new Array<boolean>(channels).fill(false);
  }

  isBlocked(channel: number): boolean {
    return this.#blocked[channel] as boolean;
  }

  /** Checkpoint under alignment, 0 if none. */
  get checkpointId(): number {
    return this.#checkpointId;
  }

  /** When the first barrier of the checkpoint under alignment arrived. */
  get startedAtNs(): bigint {
    return this.#startedAtNs;
  }

  /** On `aligned` the caller takes its snapshot, then calls `release`. */
  onBarrier(channel: number, checkpointId: number, nowNs: bigint): BarrierStep {
    if (this.#arrived === 0) {
      this.#checkpointId = checkpointId;
      this.#startedAtNs = nowNs;
    }
    if (checkpointId !== this.#checkpointId || this.#blocked[channel]) {
      throw new Error(
        `Barrier ${checkpointId} on channel ${channel} during checkpoint ${this.#checkpointId}`,
      );
    }
    this.#blocked[channel] = true;
    this.#arrived++;
    return this.#arrived === this.#blocked.length ? 'aligned' : 'aligning';
  }

  /** Channels whose barrier has not arrived; empty without an alignment. */
  get missing(): number[] {
    if (this.#arrived === 0) return [];
    return this.#blocked.flatMap((blocked, channel) => (blocked ? [] : [channel]));
  }

  /** After the snapshot. Barriers that were missing then must not be given any more. */
  release(): void {
    this.#blocked.fill(false);
    this.#arrived = 0;
    this.#checkpointId = 0;
  }
}
