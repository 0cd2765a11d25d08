import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInProcessClient, type KafkaConnection, startEmbeddedLog } from '../../../kafka/index.ts';
import { type FigureGroup, measuredFigure } from '../../pipeline/bench/index.ts';
import { count, type Deployment, dataflow, sum } from '../../pipeline/index.ts';
import { systemClock } from '../../pipeline/process/index.ts';
import { openKafkaSource, openSink } from '../connect/index.ts';
import { MicroBatchExecution } from '../execution/index.ts';
import { openDiskFileStore } from '../log/index.ts';
import { compilePlan } from '../plan/index.ts';
import type { BatchProgress } from '../progress/index.ts';
import { microBatchSettings } from '../settings/index.ts';
import { createMemoryStateFactory } from '../state/index.ts';

const PARTITIONS = 4;
const WARM_UP_BATCHES = 50;
const BATCHES = 200;
const SCHEMA = { seq: 'int64', merchant: 'utf8', amountMinor: 'int64' } as const;

const spend = dataflow('spend')
  .source({ input: 'input', schema: SCHEMA, deadLetterOutput: 'dead-letter' })
  .keyBy('merchant')
  .aggregate({ count: count(), totalMinor: sum('amountMinor') }, { emit: 'changes' })
  .sink('output');

/**
 * What a batch costs however little is in it: at-least-once, state in memory with its changelog on disk, logs on disk, Kafka's log in this process, so
 * that neither a broker nor a network is measured.
 */
export const triggerCost: FigureGroup = {
  name: 'trigger-cost',
  measure: async () => {
    const { batches, emptyMs, syncMs } = await measureBatches();
    const visibleMs = batches.map(({ durationMs, phasesMs }) => durationMs - phasesMs.commitLog);
    const phases = Object.keys(batches[0]?.phasesMs ?? {}) as (keyof BatchProgress['phasesMs'])[];
    const byPhase = phases.map(
      (phase) => `${phase} ${median(batches.map(({ phasesMs }) => phasesMs[phase])).toFixed(2)}`,
    );
    return [
      measuredFigure(
        {
          name: 'batch with 1 row, from trigger to visible output',
          unit: 'ms',
          target: { kind: 'at-most', value: 15 },
        },
        median(visibleMs),
        `median of ${BATCHES}; ${byPhase.join(', ')} ms; one durable file alone ${syncMs.toFixed(2)} ms`,
      ),
      measuredFigure(
        { name: 'trigger without input', unit: 'ms', target: { kind: 'at-most', value: 3 } },
        median(emptyMs),
        `median of ${BATCHES}`,
      ),
    ];
  },
};

async function measureBatches() {
  const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-trigger-cost-'));
  const log = await startEmbeddedLog();
  const client = createInProcessClient(log.store);
  const settings = microBatchSettings.parse({});
  try {
    await client.admin.createTopics(
      ['input', 'output', 'dead-letter'].map((topic) => ({ topic, partitions: PARTITIONS })),
    );
    const plan = compilePlan(spend);
    const { fetchMaxWaitMs, fetchMaxBytes } = settings;
    const sources = await Promise.all(
      plan.sources.map(({ schema, columns, condition }) =>
        openKafkaSource({
          client,
          topic: 'input',
          schema,
          columns,
          condition,
          fetchMaxWaitMs,
          fetchMaxBytes,
        }),
      ),
    );
    const sink = await openSink(client, spend, deployment(folder, log.connection), settings);
    const files = await openDiskFileStore(folder);
    const execution = await MicroBatchExecution.restore({
      plan,
      sources,
      sink,
      files,
      openStores: (counted) => createMemoryStateFactory(counted, settings.snapshotInterval),
      clock: systemClock,
      settings,
    });
    const producer = await client.createProducer({ acks: -1, lingerMs: 0, maxInFlight: 1 });
    const batches: BatchProgress[] = [];
    const emptyMs: number[] = [];
    for (let seq = 0; seq < WARM_UP_BATCHES + BATCHES; seq++) {
      const value = JSON.stringify({ seq, merchant: `m${seq % 10}`, amountMinor: seq });
      producer.append({ topic: 'input', partition: seq % PARTITIONS, key: null, value });
      await producer.flush();
      const batch = await execution.runBatch();
      if (batch?.inputRows !== 1) throw new Error('a batch must have the one row');
      await execution.maintain();
      const fromNs = systemClock.monotonicNs();
      if ((await execution.runBatch()) !== undefined)
        throw new Error('a trigger without input must run no batch');
      if (seq < WARM_UP_BATCHES) continue;
      batches.push(batch);
      emptyMs.push(millisecondsSince(fromNs));
    }
    const syncsMs: number[] = [];
    for (let index = 0; index < 50; index++) {
      const fromNs = systemClock.monotonicNs();
      await files.create(`alone/${index}`, 'x');
      syncsMs.push(millisecondsSince(fromNs));
    }
    await Promise.all([execution.close(), ...sources.map((source) => source.close()), sink.close()]);
    return { batches, emptyMs, syncMs: median(syncsMs) };
  } finally {
    await client.close();
    await log.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of which the sink looks at the topics and the guarantee. */
function deployment(folder: string, kafka: KafkaConnection): Deployment {
  return {
    dataflow: { module: import.meta.url, export: 'spend', options: {} },
    topics: { input: 'input', output: 'output', 'dead-letter': 'dead-letter' },
    kafka,
    guarantee: 'at-least-once',
    settings: {},
    group: 'trigger-cost',
    stateFolder: folder,
    heapMb: 512,
    brokenInput: false,
  };
}

const millisecondsSince = (fromNs: bigint): number => Number(systemClock.monotonicNs() - fromNs) / 1e6;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
