import type { Bytes } from '../../../kafka/index.ts';
import type { Dataflow, EngineMutant } from '../../pipeline/index.ts';
import { ResultSpoiler } from '../../pipeline/mutant/index.ts';
import type { OutputSink } from '../connect/index.ts';
import type { OperatorOutput } from '../operator/index.ts';

/** lost-commit: one epoch of the slot's outputs goes nowhere, and its checkpoint completes. */
export function mutateSink(mutant: EngineMutant | undefined, sink: OutputSink): OutputSink {
  return mutant === 'lost-commit' ? new LosingSink(sink) : sink;
}

/** wrong-total: one result of the slot carries a wrong sum. */
export function mutateOutput<Raw>(
  mutant: EngineMutant | undefined,
  output: OperatorOutput<Raw>,
  dataflow: Dataflow,
): OperatorOutput<Raw> {
  if (mutant !== 'wrong-total') return output;
  const spoiler = new ResultSpoiler(dataflow);
  return {
    emit: (key, row, timestampMs) => output.emit(key, spoiler.pass(row), timestampMs),
    late: (raw) => output.late(raw),
  };
}

/** Loses the epoch after the first one with outputs. */
class LosingSink implements OutputSink {
  readonly #sink: OutputSink;
  #epoch: 'before' | 'lost' | 'after' = 'before';
  #written = 0;

  constructor(sink: OutputSink) {
    this.#sink = sink;
  }

  get blocked(): boolean {
    return this.#sink.blocked;
  }

  write(output: number, partition: number, key: Bytes | null, value: Bytes | null): void {
    this.#written++;
    if (this.#epoch !== 'lost') this.#sink.write(output, partition, key, value);
  }

  flush(): void {
    this.#sink.flush();
  }

  endEpoch(checkpointId: number): Promise<void> {
    if (this.#written > 0) this.#epoch = this.#epoch === 'before' ? 'lost' : 'after';
    this.#written = 0;
    return this.#sink.endEpoch(checkpointId);
  }

  close(): Promise<void> {
    return this.#sink.close();
  }
}
