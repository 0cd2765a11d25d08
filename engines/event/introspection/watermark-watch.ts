import type { WatermarkSight } from '../../pipeline/index.ts';

export interface PartitionTimes {
  /** Greatest event time read, by partition; -Infinity before the first record. */
  readonly maxEventTimesMs: Float64Array;
  /** 1: holds nobody back. */
  readonly idle: Float64Array;
}

/** Which partition holds the watermark back, and since when: looked at with each heartbeat, which is how exact the instant is. */
export class WatermarkWatch {
  #holder: number | undefined;
  #sinceMs = 0;

  /** @param nowMs monotonic */
  look({ maxEventTimesMs, idle }: PartitionTimes, nowMs: number): WatermarkSight {
    let holder: number | undefined;
    const idlePartitions: number[] = [];
    for (let partition = 0; partition < maxEventTimesMs.length; partition++) {
      if (idle[partition] === 1) {
        idlePartitions.push(partition);
      } else if (
        holder === undefined ||
        (maxEventTimesMs[partition] as number) < (maxEventTimesMs[holder] as number)
      ) {
        holder = partition;
      }
    }
    if (holder !== this.#holder) {
      this.#holder = holder;
      this.#sinceMs = nowMs;
    }
    if (holder === undefined) {
      return { heldBackBy: null, idlePartitions };
    }
    const behindMs = Math.max(...maxEventTimesMs) - (maxEventTimesMs[holder] as number);
    return {
      heldBackBy: {
        partition: holder,
        behindMs: Number.isFinite(behindMs) ? behindMs : null,
        forMs: nowMs - this.#sinceMs,
      },
      idlePartitions,
    };
  }
}
