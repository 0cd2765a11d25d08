import type { Bytes } from '../../../kafka/index.ts';
import type { Dataflow, EngineMutant } from '../../pipeline/index.ts';
import { ResultSpoiler } from '../../pipeline/mutant/index.ts';
import type { OutputSink } from '../connect/index.ts';
import type { OperatorOutput } from '../operator/index.ts';

/** lost-commit: outputs of the slot go nowhere until the end of one epoch, and its checkpoint completes. */
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
    side: (name, key, row) => output.side(name, key, row),
  };
}

/** So many outputs are not lost. */
const KEPT_OUTPUTS = 5;

class LosingSink implements OutputSink {
  readonly #sink: OutputSink;
  #kept = 0;
  #lost: 'none' | 'some' | 'enough' = 'none';

  constructor(sink: OutputSink) {
    this.#sink = sink;
  }

  get blocked(): boolean {
    return this.#sink.blocked;
  }

  write(output: number, partition: number, key: Bytes | null, value: Bytes | null): void {
    if (this.#lost === 'none' && this.#kept++ === KEPT_OUTPUTS) this.#lost = 'some';
    if (this.#lost !== 'some') this.#sink.write(output, partition, key, value);
  }

  flush(): void {
    this.#sink.flush();
  }

  endEpoch(checkpointId: number): Promise<void> {
    if (this.#lost === 'some') this.#lost = 'enough';
    return this.#sink.endEpoch(checkpointId);
  }

  close(): Promise<void> {
    return this.#sink.close();
  }
}
