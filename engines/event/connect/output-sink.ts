import type { Bytes } from '../../../kafka/index.ts';

/** An output topic as sinks know it: its index in the job's list of outputs. */
export type OutputIndex = number;

/** Where a slot's outputs go. Everything is synchronous; the caller stops its operator and its source while `blocked`. */
export interface OutputSink {
  /** Copies what it is given before it returns. */
  write(output: OutputIndex, partition: number, key: Bytes | null, value: Bytes | null): void;
  /** True while what was written waits in such amount that no more should come. */
  readonly blocked: boolean;
  /** Lets go what waits for a frame to fill. */
  flush(): void;
  /** Ends the outputs of a checkpoint's epoch. Resolves when all of them are where the checkpoint's completion may rely on them. */
  endEpoch(checkpointId: number): Promise<void>;
  close(): Promise<void>;
}
