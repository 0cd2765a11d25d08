import type { KafkaClient } from '../../../kafka/index.ts';
import type { Clock } from '../../pipeline/index.ts';
import { loadDataflow } from '../../pipeline/index.ts';
import { mutateDataflow } from '../../pipeline/mutant/index.ts';
import {
  createDirectSink,
  EpochSink,
  InputReader,
  type OutputSink,
  PartitionInput,
  RecordDecoder,
} from '../connect/index.ts';
import { Bell, ChannelReader, ChannelWriter, RingReader, RingWriter } from '../exchange/index.ts';
import { SlotMeter } from '../introspection/index.ts';
import { mutantLatenessMs, mutateOutput, mutateSink } from '../mutant/index.ts';
import { createKeyedOperator } from '../plan/index.ts';
import { createHeapBackend, keyGroupRangeOf, openRocksDbBackend, type StateBackend } from '../state/index.ts';
import { EventTimeSource } from './event-time-source.ts';
import { ExchangeOutput } from './exchange-output.ts';
import { JobMemory } from './job-memory.ts';
import { type JobPlan, planJob } from './job-plan.ts';
import { KeyRouter } from './key-router.ts';
import { KeylessOutput } from './keyless-output.ts';
import { OperatorTask } from './operator-task.ts';
import type { SlotExchange } from './slot-exchange.ts';
import { SlotLoop } from './slot-loop.ts';
import type { SlotJob, SlotReport } from './slot-messages.ts';
import { SlotOutput } from './slot-output.ts';
import { SourceTask } from './source-task.ts';

export interface SlotParts {
  readonly job: SlotJob;
  readonly clock: Clock;
  readonly report: (report: SlotReport) => void;
  /** Of the job's Kafka; the slot closes it. */
  readonly client: KafkaClient;
}

/** Builds a slot: restores its keyed state, and wires source, exchange, operator and sink together. */
export async function createSlot({ job, clock, report, client }: SlotParts): Promise<SlotLoop> {
  const plan = planJob(mutateDataflow(await loadDataflow(job.dataflow), job.mutant));
  const { parallelism, maxParallelism } = job.settings;
  const memory = new JobMemory(job.memory, job.partitions, parallelism);
  const bells = job.bells.map((bell) => new Bell(bell));
  const state = await createState(job);
  const sink = mutateSink(job.mutant, await createSink(job, client, bells[job.slot] as Bell));
  const partitionCounts = job.outputs.map(({ partitions }) => partitions);
  const output = new SlotOutput(plan, sink, job.slot, memory, partitionCounts);
  const meter = new SlotMeter({
    memory: job.cells,
    slot: job.slot,
    monotonicNs: () => clock.monotonicNs(),
  });
  const sinkBlocked = () => sink.blocked;
  // The end of the input is no time: what is saved and shown is the last watermark before it.
  const onWatermark = (watermarkMs: number) => {
    if (watermarkMs !== Number.POSITIVE_INFINITY) {
      memory.watermarksMs[job.slot] = watermarkMs;
    }
  };

  let task: OperatorTask | undefined;
  let exchange: SlotExchange;
  if (plan.keyField === undefined) {
    const onBarrier = (checkpointId: number) => loop.takeSnapshot(checkpointId, clock.monotonicNs());
    exchange = new KeylessOutput({ output, sinkBlocked, onWatermark, onBarrier });
  } else {
    const operator = createKeyedOperator(plan.dataflow.nodes, {
      state,
      output: mutateOutput(job.mutant, output, plan.dataflow),
      nowMs: () => clock.nowMs(),
      allowedLatenessMs: mutantLatenessMs(job.mutant),
    });
    await state.restore(job.stateFiles);
    task = new OperatorTask({
      operator,
      channels: parallelism,
      state: job.settings.stateBackend === 'heap' ? 'at-hand' : 'fetched',
      restoredWatermarkMs: memory.watermarksMs[job.slot] as number,
      meter,
      monotonicNs: () => clock.monotonicNs(),
      onWatermark,
      onAligned: (checkpointId, startedAtNs) => loop.takeSnapshot(checkpointId, startedAtNs),
      onResume: () => loop.wake(),
      onFailure: (error) => loop.fail(error),
    });
    exchange = new ExchangeOutput({
      slot: job.slot,
      keyField: plan.keyField,
      router: new KeyRouter(parallelism, maxParallelism),
      channels: outgoing(job, plan, bells),
      operator: task,
      output,
      sinkBlocked,
    });
  }

  const inputs = partitionsOf(job).map(
    (partition) => new PartitionInput(partition, memory.positions[partition] as number),
  );
  const eventTime =
    plan.watermark &&
    new EventTimeSource({
      node: plan.watermark,
      partitions: inputs.map(({ partition }) => partition),
      memory,
      output: exchange,
      nowMs: () => clock.nowMs(),
    });
  const reader = await InputReader.open({
    client,
    topic: job.inputTopic,
    inputs,
    maxWaitMs: job.settings.fetchMaxWaitMs,
    intervalMs: job.settings.fetchIntervalMs,
    maxBytesPerPartition: job.settings.fetchMaxBytes,
    onFetched: () => loop.wake(),
    onFailure: (error) => loop.fail(error),
  });
  const source = new SourceTask({
    inputs,
    decoder: new RecordDecoder(plan.source.schema, plan.wanted),
    steps: plan.steps,
    eventTime,
    output: exchange,
    positions: memory.positions,
    maxEventTimesMs: memory.maxEventTimesMs,
    meter,
    onInputWanted: () => reader.wantMore(),
  });
  const channels = incoming(job, plan, bells);
  const loop: SlotLoop = new SlotLoop({
    job,
    clock,
    report,
    memory,
    bells,
    client,
    state,
    sink,
    task,
    exchange,
    output,
    meter,
    channels,
    inputs,
    eventTime,
    reader,
    source,
  });
  return loop;
}

/** Partition p belongs to slot p modulo the number of slots. */
function partitionsOf(job: SlotJob): number[] {
  const all = Array.from({ length: job.partitions }, (_, partition) => partition);
  return all.filter((partition) => partition % job.settings.parallelism === job.slot);
}

async function createState(job: SlotJob): Promise<StateBackend> {
  const { parallelism, maxParallelism, stateBackend, stateCacheEntries: cacheEntries } = job.settings;
  const keyGroups = keyGroupRangeOf(job.slot, parallelism, maxParallelism);
  const trackChanges = job.settings.incrementalCheckpoints;
  switch (stateBackend) {
    case 'heap':
      return createHeapBackend(maxParallelism, keyGroups, { trackChanges });
    case 'rocksdb':
      return openRocksDbBackend({
        maxParallelism,
        keyGroups,
        folder: job.workingFolder,
        cacheEntries,
        trackChanges,
      });
  }
}

async function createSink(job: SlotJob, client: KafkaClient, bell: Bell): Promise<OutputSink> {
  if (job.outputRing !== undefined) {
    return new EpochSink(new RingWriter(job.outputRing, new Bell(job.coordinatorBell)));
  }
  const { acks, lingerMs, maxInFlight, producerPendingBytes } = job.settings;
  return createDirectSink({
    client,
    topics: job.outputs.map(({ topic }) => topic),
    producer: { acks, lingerMs, maxInFlight },
    pendingBytes: producerPendingBytes,
    onProgress: () => bell.ring(),
  });
}

function outgoing(job: SlotJob, plan: JobPlan, bells: readonly Bell[]): (ChannelWriter | undefined)[] {
  return (job.rings[job.slot] ?? []).map(
    (ring, target) => ring && new ChannelWriter(new RingWriter(ring, bells[target] as Bell), plan.layout),
  );
}

function incoming(job: SlotJob, plan: JobPlan, bells: readonly Bell[]): (ChannelReader | undefined)[] {
  return job.rings.map((row, source) => {
    const ring = row[job.slot];
    return (
      ring &&
      new ChannelReader(new RingReader(ring, bells[source] as Bell), plan.layout, plan.keyField as string)
    );
  });
}
