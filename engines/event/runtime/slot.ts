import type { KafkaClient } from '../../../kafka/index.ts';
import type { Clock } from '../../pipeline/index.ts';
import { loadDataflow } from '../../pipeline/index.ts';
import { mutateDataflow } from '../../pipeline/mutant/index.ts';
import { createDirectSink, EpochSink, type OutputSink, RecordDecoder } from '../connect/index.ts';
import {
  Bell,
  type ChannelInput,
  ChannelReader,
  ChannelWriter,
  RingReader,
  RingWriter,
} from '../exchange/index.ts';
import { SlotMeter } from '../introspection/index.ts';
import { mutantLatenessMs, mutateOutput, mutateSink } from '../mutant/index.ts';
import { createKeyedOperator } from '../plan/index.ts';
import { createHeapBackend, keyGroupRangeOf, openRocksDbBackend, type StateBackend } from '../state/index.ts';
import { type BroadcastEntries, BroadcastTable } from '../two-input/index.ts';
import { AsyncExchange } from './async-output.ts';
import { readChannelState } from './channel-state.ts';
import {
  BroadcastOutput,
  KeyedExchange,
  KeyedOutput,
  type KeyedOutputOptions,
  SecondKeyedOutput,
} from './exchange-output.ts';
import { InputWatermarks } from './input-watermarks.ts';
import { JobMemory } from './job-memory.ts';
import { type JobPlan, planJob, type SourcePlan } from './job-plan.ts';
import { KeyRouter } from './key-router.ts';
import { KeylessExchange, KeylessOutput } from './keyless-output.ts';
import { OperatorTask } from './operator-task.ts';
import { OutgoingChannels } from './outgoing-channels.ts';
import { partitionPlaces } from './partition-places.ts';
import type { SlotExchange } from './slot-exchange.ts';
import { SlotLoop } from './slot-loop.ts';
import type { SlotJob, SlotReport } from './slot-messages.ts';
import { SlotOutput } from './slot-output.ts';
import { SlotSources } from './slot-sources.ts';
import type { SourceOutput } from './source-output.ts';
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
  const memory = new JobMemory(job.memory, partitionPlaces(job.inputs).length, parallelism);
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

  const inputOfSource = plan.sources.map(({ input }) => input);
  const broadcast = new BroadcastTable(broadcastOf(job));
  let task: OperatorTask | undefined;
  let exchange: SlotExchange;
  let outputs: readonly SourceOutput[];
  if (plan.keyed) {
    const operator = createKeyedOperator(plan.dataflow.nodes, {
      state,
      output: mutateOutput(job.mutant, output, plan.dataflow),
      nowMs: () => clock.nowMs(),
      allowedLatenessMs: mutantLatenessMs(job.mutant),
      broadcast,
    });
    await state.restore(job.stateFiles);
    task = new OperatorTask({
      operator,
      channels: parallelism,
      inputOfSource,
      state: job.settings.stateBackend === 'heap' ? 'at-hand' : 'fetched',
      restoredWatermarkMs: memory.watermarksMs[job.slot] as number,
      meter,
      monotonicNs: () => clock.monotonicNs(),
      onWatermark,
      onAligned: (checkpointId, startedAtNs) => loop.takeSnapshot(checkpointId, startedAtNs),
      onResume: () => loop.wake(),
      onFailure: (error) => loop.fail(error),
    });
    const channels = new OutgoingChannels(outgoing(job, plan, bells));
    const keyed = new KeyedExchange({ slot: job.slot, channels, operator: task, sinkBlocked });
    const router = new KeyRouter(parallelism, maxParallelism);
    const parts = { slot: job.slot, channels, operator: task, exchange: keyed, output, router };
    outputs = plan.sources.map((_, source) => exchangeOutput(plan, source, parts));
    exchange = keyed;
  } else {
    const onBarrier = (checkpointId: number) => loop.takeSnapshot(checkpointId, clock.monotonicNs());
    const watermarks = new InputWatermarks(1, inputOfSource, onWatermark);
    outputs = plan.sources.map((_, source) => new KeylessOutput({ source, output, sinkBlocked, watermarks }));
    exchange = new KeylessExchange({ sinkBlocked, onBarrier });
  }

  const sources = await SlotSources.open({
    job,
    plans: plan.sources,
    outputs,
    decoderOf: ({ source, wanted }) => new RecordDecoder(source.schema, wanted),
    withRaw: plan.lateOutput !== undefined,
    memory,
    meter,
    clock,
    client,
    onWork: () => loop.wake(),
    onFailure: (error) => loop.fail(error),
  });
  const { asyncOperators } = sources;
  if (asyncOperators.length > 0) {
    exchange = new AsyncExchange(exchange, asyncOperators, () => task?.pump());
  }
  const source = new SourceTask({
    sources: sources.sources,
    inputs: sources.inputs,
    positions: memory.positions,
    maxEventTimesMs: memory.maxEventTimesMs,
    meter,
  });
  const channels = incoming(job, plan, bells);
  const replayed = await readChannelState(
    job.channelFiles,
    maxParallelism,
    keyGroupRangeOf(job.slot, parallelism, maxParallelism),
    plan.inputs,
  );
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
    channelInputs: plan.inputs,
    replayed,
    isBroadcast: plan.inputs[1] !== undefined && plan.inputs[1].keyField === undefined,
    sources,
    source,
    operatorState: () => ({
      broadcast: broadcast.snapshot(),
      pending: asyncOperators.map((operator) => operator.pending()),
    }),
  });
  return loop;
}

/** Every slot's broadcast state holds the same, so at another parallelism any will do. */
function broadcastOf({ slot, operatorStates }: SlotJob): BroadcastEntries {
  return operatorStates[slot % Math.max(1, operatorStates.length)]?.broadcast ?? [];
}

function exchangeOutput(
  plan: JobPlan,
  source: number,
  parts: Omit<KeyedOutputOptions, 'source' | 'keyField'>,
): SourceOutput {
  const { input } = plan.sources[source] as SourcePlan;
  const { keyField } = plan.inputs[input] as ChannelInput;
  if (keyField === undefined) return new BroadcastOutput({ ...parts, source });
  return input === 0
    ? new KeyedOutput({ ...parts, source, keyField })
    : new SecondKeyedOutput({ ...parts, source, keyField });
}

/** The empty keyed state of a slot, by its job's settings. */
export async function createState(job: SlotJob): Promise<StateBackend> {
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
    (ring, target) => ring && new ChannelWriter(new RingWriter(ring, bells[target] as Bell), plan.inputs),
  );
}

function incoming(job: SlotJob, plan: JobPlan, bells: readonly Bell[]): (ChannelReader | undefined)[] {
  return job.rings.map((row, source) => {
    const ring = row[job.slot];
    return ring && new ChannelReader(new RingReader(ring, bells[source] as Bell), plan.inputs);
  });
}
