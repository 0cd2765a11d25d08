import type { KafkaClient } from '../../../kafka/index.ts';
import type { AsyncMapNode, Clock } from '../../pipeline/index.ts';
import type { AsyncOperator, PendingState } from '../async-io/index.ts';
import { InputReader, PartitionInput, type RecordDecoder } from '../connect/index.ts';
import type { SlotMeter } from '../introspection/index.ts';
import { AsyncOutput } from './async-output.ts';
import { EventTimeSource } from './event-time-source.ts';
import type { JobMemory } from './job-memory.ts';
import type { RowStep, SourcePlan } from './job-plan.ts';
import { partitionPlaces } from './partition-places.ts';
import { RowSteps } from './row-steps.ts';
import type { SlotJob } from './slot-messages.ts';
import type { SourceOutput } from './source-output.ts';
import type { SlotSource } from './source-task.ts';

export interface SlotSourcesParts {
  readonly job: SlotJob;
  readonly plans: readonly SourcePlan[];
  /** By the job's number of the source: where its rows go in the end. */
  readonly outputs: readonly SourceOutput[];
  readonly decoderOf: (plan: SourcePlan) => RecordDecoder;
  /** Whether the bytes of input records may be asked for behind the sources. */
  readonly withRaw: boolean;
  readonly memory: JobMemory;
  readonly meter: SlotMeter;
  readonly clock: Clock;
  readonly client: KafkaClient;
  /** There may be work. */
  readonly onWork: () => void;
  readonly onFailure: (error: unknown) => void;
}

/** The sources of a slot with all that stands between them and the exchange. */
export class SlotSources {
  /** Of all sources. */
  readonly inputs: readonly PartitionInput[];
  /** By the job's number of the source. */
  readonly sources: readonly SlotSource[];
  /** In the order of the sources, and of their nodes. */
  readonly asyncOperators: readonly AsyncOperator[];
  readonly #parts: SlotSourcesParts;
  readonly #readers: readonly InputReader[];
  readonly #eventTimes: readonly (EventTimeSource | undefined)[];

  static async open(parts: SlotSourcesParts): Promise<SlotSources> {
    const { job, memory, client, onWork, onFailure } = parts;
    const places = partitionPlaces(job.inputs).filter(({ partition }) => isOfSlot(partition, job));
    const inputs = places.map(
      (place) => new PartitionInput(place, memory.positions[place.partition] as number),
    );
    const readers = await Promise.all(
      job.inputs.map(({ topic }, source) =>
        InputReader.open({
          client,
          topic,
          inputs: inputs.filter((input) => input.source === source),
          maxWaitMs: job.settings.fetchMaxWaitMs,
          intervalMs: job.settings.fetchIntervalMs,
          maxBytesPerPartition: job.settings.fetchMaxBytes,
          onFetched: onWork,
          onFailure,
        }),
      ),
    );
    return new SlotSources(parts, inputs, readers);
  }

  private constructor(
    parts: SlotSourcesParts,
    inputs: readonly PartitionInput[],
    readers: readonly InputReader[],
  ) {
    this.#parts = parts;
    this.#readers = readers;
    this.inputs = inputs;
    const built = parts.plans.map((plan, source) => this.#build(plan, source));
    this.sources = built.map(({ slotSource }) => slotSource);
    this.#eventTimes = built.map(({ eventTime }) => eventTime);
    this.asyncOperators = built.flatMap(({ operators }) => operators);
  }

  /** Whether any source has event time. */
  get timed(): boolean {
    return this.#eventTimes.some((eventTime) => eventTime !== undefined);
  }

  /** Makes the calls again that were under way, then puts out what the restored times give. Then reads. */
  start(): void {
    const { job } = this.#parts;
    this.asyncOperators.forEach((operator, index) => {
      operator.restore(pendingOf(job, index));
    });
    this.#eventTimes.forEach((eventTime, source) => {
      if (eventTime !== undefined) eventTime.start();
      else if (this.timed) this.#standAside(source);
    });
    for (const reader of this.#readers) reader.start();
  }

  /** The end of the input: every timer is due. */
  finish(): void {
    for (const eventTime of this.#eventTimes) eventTime?.finish();
  }

  /** What a call gave after the last checkpoint would come again after the next start. */
  stopCalls(): void {
    for (const operator of this.asyncOperators) operator.close();
  }

  async close(): Promise<void> {
    this.stopCalls();
    await Promise.all(this.#readers.map((reader) => reader.close()));
  }

  /** A source without event time beside others that have it holds nobody back. */
  #standAside(source: number): void {
    const { outputs, memory } = this.#parts;
    outputs[source]?.emitStatus('idle');
    for (const input of this.inputs) {
      if (input.source === source) memory.idle[input.partition] = 1;
    }
  }

  /** From the exchange back to the source. */
  #build(
    plan: SourcePlan,
    source: number,
  ): {
    readonly slotSource: SlotSource;
    readonly eventTime: EventTimeSource | undefined;
    readonly operators: readonly AsyncOperator[];
  } {
    const { outputs, withRaw, memory, meter, clock, onWork, onFailure } = this.#parts;
    const [first, ...behind] = segmentsOf(plan.steps);
    const operators: AsyncOperator[] = [];
    let output = outputs[source] as SourceOutput;
    let eventTime: EventTimeSource | undefined;
    const timeBehind = (steps: RowSteps): EventTimeSource | undefined => {
      if (!steps.timed || plan.watermark === undefined) return undefined;
      eventTime = new EventTimeSource({
        node: plan.watermark,
        partitions: this.inputs.filter((input) => input.source === source).map(({ partition }) => partition),
        memory,
        output,
        nowMs: () => clock.nowMs(),
      });
      return eventTime;
    };
    for (const { call, steps } of behind.reverse()) {
      const row = new RowSteps(steps);
      const next = new AsyncOutput({
        node: call as AsyncMapNode,
        withRaw,
        steps: row,
        eventTime: timeBehind(row),
        maxEventTimesMs: memory.maxEventTimesMs,
        next: output,
        meter: operators.length === 0 ? meter : undefined,
        onResult: onWork,
        onFailure,
      });
      operators.unshift(next.operator);
      output = next;
    }
    const steps = new RowSteps(first?.steps ?? []);
    timeBehind(steps);
    const reader = this.#readers[source] as InputReader;
    return {
      slotSource: {
        decoder: this.#parts.decoderOf(plan),
        steps,
        eventTime,
        output,
        onInputWanted: () => reader.wantMore(),
      },
      eventTime,
      operators,
    };
  }
}

/** Partition p belongs to slot p modulo the number of slots. */
function isOfSlot(partition: number, { slot, settings }: SlotJob): boolean {
  return partition % settings.parallelism === slot;
}

/** What was inside an asyncMap: of this slot as it was; at another parallelism the rows of this slot's partitions, in their order. */
function pendingOf(job: SlotJob, index: number): PendingState {
  const states = job.operatorStates.map(({ pending }) => pending[index] ?? []);
  if (states.length === job.settings.parallelism) return states[job.slot] ?? [];
  return states.flat().filter((entry) => 'row' in entry && isOfSlot(entry.partition, job));
}

interface Segment {
  /** The asyncMap before the steps; undefined for the first. */
  readonly call: AsyncMapNode | undefined;
  readonly steps: RowStep[];
}

function segmentsOf(nodes: SourcePlan['steps']): Segment[] {
  const segments: Segment[] = [{ call: undefined, steps: [] }];
  for (const node of nodes) {
    if (node.kind === 'asyncMap') segments.push({ call: node, steps: [] });
    else segments.at(-1)?.steps.push(node);
  }
  return segments;
}
