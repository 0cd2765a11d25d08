import type { Clock } from '../../../pipeline/index.ts';
import { loadDataflow } from '../../../pipeline/index.ts';
import { InputReader, type OutputSink, PartitionInput } from '../../connect/index.ts';
import { Bell, ChannelReader, ChannelWriter, RingReader, RingWriter } from '../../exchange/index.ts';
import { SlotMeter } from '../../introspection/index.ts';
import type { OperatorOutput } from '../../operator/index.ts';
import { createKeyedOperator } from '../../plan/index.ts';
import { createHeapBackend, keyGroupRangeOf } from '../../state/index.ts';
import { ExchangeOutput } from '../exchange-output.ts';
import { JobMemory } from '../job-memory.ts';
import { planJob } from '../job-plan.ts';
import { KeyRouter } from '../key-router.ts';
import { OperatorTask } from '../operator-task.ts';
import { SlotLoop } from '../slot-loop.ts';
import type { SlotJob, SlotReport } from '../slot-messages.ts';
import { SlotOutput } from '../slot-output.ts';
import { SourceTask } from '../source-task.ts';
import { DecodedRows, endlessInput } from './decoded-input.ts';
import { scriptedClient } from './scripted-client.ts';

export interface DecodedSlotParts {
  readonly job: SlotJob;
  readonly clock: Clock;
  readonly report: (report: SlotReport) => void;
  readonly onResult: () => void;
}

const discard: OutputSink = {
  blocked: false,
  write: () => {},
  flush: () => {},
  endEpoch: async () => {},
  close: async () => {},
};

/** Results are not encoded, so the slot's output counts none. */
const NO_OUTPUTS = { results: 0, others: 0 };

/** A slot as `createSlot` makes it, but that it neither decodes what it reads nor encodes what it puts out. */
export async function createDecodedSlot({
  job,
  clock,
  report,
  onResult,
}: DecodedSlotParts): Promise<SlotLoop> {
  const plan = planJob(await loadDataflow(job.dataflow));
  const keyField = plan.keyField as string;
  const { parallelism, maxParallelism } = job.settings;
  const memory = new JobMemory(job.memory, job.partitions, parallelism);
  const bells = job.bells.map((bell) => new Bell(bell));
  const client = scriptedClient(endlessInput, () => {});
  const state = createHeapBackend(maxParallelism, keyGroupRangeOf(job.slot, parallelism, maxParallelism));
  const output: OperatorOutput<unknown> = { emit: onResult, late: () => {}, side: () => {} };
  const operator = createKeyedOperator(plan.dataflow.nodes, {
    state,
    output,
    nowMs: () => clock.nowMs(),
    allowedLatenessMs: 0,
  });
  const meter = new SlotMeter({
    memory: job.cells,
    slot: job.slot,
    monotonicNs: () => clock.monotonicNs(),
  });
  const task: OperatorTask = new OperatorTask({
    operator,
    channels: parallelism,
    state: 'at-hand',
    restoredWatermarkMs: Number.NEGATIVE_INFINITY,
    meter,
    monotonicNs: () => clock.monotonicNs(),
    onWatermark: () => {},
    onAligned: () => {},
    onResume: () => loop.wake(),
    onFailure: (error) => loop.fail(error),
  });
  const partitionCounts = job.outputs.map(({ partitions }) => partitions);
  const exchange = new ExchangeOutput({
    slot: job.slot,
    keyField,
    router: new KeyRouter(parallelism, maxParallelism),
    channels: (job.rings[job.slot] ?? []).map(
      (ring, target) => ring && new ChannelWriter(new RingWriter(ring, bells[target] as Bell), plan.layout),
    ),
    operator: task,
    output: new SlotOutput(plan, discard, job.slot, memory, partitionCounts),
    sinkBlocked: () => false,
  });
  const inputs = Array.from({ length: job.partitions }, (_, partition) => partition)
    .filter((partition) => partition % parallelism === job.slot)
    .map((partition) => new PartitionInput(partition, 0));
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
    decoder: new DecodedRows(),
    steps: plan.steps,
    eventTime: undefined,
    output: exchange,
    positions: memory.positions,
    maxEventTimesMs: memory.maxEventTimesMs,
    meter,
    onInputWanted: () => reader.wantMore(),
  });
  const channels = job.rings.map((row, sourceSlot) => {
    const ring = row[job.slot];
    return ring && new ChannelReader(new RingReader(ring, bells[sourceSlot] as Bell), plan.layout, keyField);
  });
  const loop: SlotLoop = new SlotLoop({
    job,
    clock,
    report,
    memory,
    bells,
    client,
    state,
    sink: discard,
    task,
    exchange,
    output: NO_OUTPUTS,
    meter,
    channels,
    inputs,
    eventTime: undefined,
    reader,
    source,
  });
  return loop;
}
