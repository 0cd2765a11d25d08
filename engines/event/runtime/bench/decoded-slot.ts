import type { Clock } from '../../../pipeline/index.ts';
import { loadDataflow } from '../../../pipeline/index.ts';
import type { OutputSink } from '../../connect/index.ts';
import { Bell, ChannelReader, ChannelWriter, RingReader, RingWriter } from '../../exchange/index.ts';
import { SlotMeter } from '../../introspection/index.ts';
import type { OperatorOutput } from '../../operator/index.ts';
import { createKeyedOperator } from '../../plan/index.ts';
import { BroadcastTable } from '../../two-input/index.ts';
import { KeyedExchange, KeyedOutput } from '../exchange-output.ts';
import { JobMemory } from '../job-memory.ts';
import { planJob } from '../job-plan.ts';
import { KeyRouter } from '../key-router.ts';
import { OperatorTask } from '../operator-task.ts';
import { OutgoingChannels } from '../outgoing-channels.ts';
import { partitionPlaces } from '../partition-places.ts';
import { createState } from '../slot.ts';
import { SlotLoop } from '../slot-loop.ts';
import type { SlotJob, SlotReport } from '../slot-messages.ts';
import { SlotOutput } from '../slot-output.ts';
import { SlotSources } from '../slot-sources.ts';
import { SourceTask } from '../source-task.ts';
import { DecodedRows, endlessInput } from './decoded-input.ts';
import { scriptedClient } from './scripted-client.ts';

export interface DecodedSlotParts {
  readonly job: SlotJob;
  readonly clock: Clock;
  readonly report: (report: SlotReport) => void;
  readonly keys: number;
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
  keys,
  onResult,
}: DecodedSlotParts): Promise<SlotLoop> {
  const plan = planJob(await loadDataflow(job.dataflow));
  const keyField = plan.inputs[0]?.keyField as string;
  const { parallelism, maxParallelism } = job.settings;
  const memory = new JobMemory(job.memory, partitionPlaces(job.inputs).length, parallelism);
  const bells = job.bells.map((bell) => new Bell(bell));
  const client = scriptedClient(endlessInput, () => {});
  const state = await createState(job);
  const output: OperatorOutput<unknown> = { emit: onResult, late: () => {}, side: () => {} };
  const operator = createKeyedOperator(plan.dataflow.nodes, {
    state,
    output,
    nowMs: () => clock.nowMs(),
    allowedLatenessMs: 0,
    broadcast: new BroadcastTable(),
  });
  const meter = new SlotMeter({
    memory: job.cells,
    slot: job.slot,
    monotonicNs: () => clock.monotonicNs(),
  });
  const task: OperatorTask = new OperatorTask({
    operator,
    channels: parallelism,
    inputOfSource: [0],
    state: job.settings.stateBackend === 'heap' ? 'at-hand' : 'fetched',
    restoredWatermarkMs: Number.NEGATIVE_INFINITY,
    meter,
    monotonicNs: () => clock.monotonicNs(),
    onWatermark: () => {},
    onAligned: () => {},
    onResume: () => loop.wake(),
    onFailure: (error) => loop.fail(error),
  });
  const partitionCounts = job.outputs.map(({ partitions }) => partitions);
  const channelsOut = new OutgoingChannels(
    (job.rings[job.slot] ?? []).map(
      (ring, target) => ring && new ChannelWriter(new RingWriter(ring, bells[target] as Bell), plan.inputs),
    ),
  );
  const exchange = new KeyedExchange({
    slot: job.slot,
    channels: channelsOut,
    operator: task,
    sinkBlocked: () => false,
  });
  const exchangeOutput = new KeyedOutput({
    source: 0,
    slot: job.slot,
    channels: channelsOut,
    operator: task,
    exchange,
    output: new SlotOutput(plan, discard, job.slot, memory, partitionCounts),
    keyField,
    router: new KeyRouter(parallelism, maxParallelism),
  });
  const sources = await SlotSources.open({
    job,
    plans: plan.sources,
    outputs: [exchangeOutput],
    decoderOf: () => new DecodedRows(keys),
    withRaw: false,
    memory,
    meter,
    clock,
    client,
    onWork: () => loop.wake(),
    onFailure: (error) => loop.fail(error),
  });
  const source = new SourceTask({
    sources: sources.sources,
    inputs: sources.inputs,
    positions: memory.positions,
    maxEventTimesMs: memory.maxEventTimesMs,
    meter,
  });
  const channels = job.rings.map((row, sourceSlot) => {
    const ring = row[job.slot];
    return ring && new ChannelReader(new RingReader(ring, bells[sourceSlot] as Bell), plan.inputs);
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
    channelInputs: plan.inputs,
    replayed: [],
    isBroadcast: false,
    sources,
    source,
    operatorState: () => ({ broadcast: [], pending: [] }),
  });
  return loop;
}
