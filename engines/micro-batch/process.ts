import { randomUUID } from 'node:crypto';
import { connect, type KafkaClient } from '../../kafka/index.ts';
import {
  type BatchReport,
  type Dataflow,
  type Deployment,
  loadDataflow,
  type SinkNode,
  type SourceNode,
} from '../pipeline/index.ts';
import { mutateDataflow } from '../pipeline/mutant/index.ts';
import { type EngineEnvironment, hostEngine, type RunningEngine } from '../pipeline/process/index.ts';
import { type OutputTopics, openDirectSink, openTransactionalSink } from './connect/index.ts';
import { type BatchSink, MicroBatchExecution } from './execution/index.ts';
import { lockFolder, openDiskFileStore } from './log/index.ts';
import { mutateOperator, mutateSink } from './mutant/index.ts';
import { type BatchPlan, compilePlan } from './plan/index.ts';
import type { BatchProgress } from './progress/index.ts';
import { type MicroBatchSettings, microBatchSettings, triggerOf } from './settings/index.ts';
import { openStateProvider } from './state/index.ts';
import { openSources, startTaskThreads } from './tasks/index.ts';
import { BatchLoop, withTimers } from './trigger/index.ts';

hostEngine({ start });

/** Opens everything at once, since a restart is waited for, then goes on where the logs say. */
async function start({ deployment, incarnation, clock, report }: EngineEnvironment): Promise<RunningEngine> {
  const settings = microBatchSettings.parse(deployment.settings);
  const { mutant } = deployment;
  const releaseFolder = await lockFolder(deployment.stateFolder, process.pid);
  // In low latency the tasks are too short to be worth a way to another thread.
  const threads = settings.trigger === 'low-latency' ? 1 : settings.tasks;
  const tasks = threads > 1 ? startTaskThreads(deployment, incarnation, threads) : undefined;
  const { stateFolder } = deployment;
  const [loaded, client, files, openStores] = await Promise.all([
    loadDataflow(deployment.dataflow),
    connect(deployment.kafka),
    openDiskFileStore(stateFolder),
    openStateProvider({ ...settings, stateFolder, newToken: randomUUID }),
  ]);
  const dataflow = mutateDataflow(loaded, mutant);
  const plan = compilePlan(dataflow);
  const topics = bindTopics(dataflow, plan, deployment);
  const [sources, openedSink] = await Promise.all([
    openSources({ client, plan, deployment, settings, incarnation }),
    openSink(client, deployment, settings, topics),
  ]);
  const sink = mutateSink(mutant, openedSink, dataflow);
  report({ kind: 'step-begun', step: 'restore' });
  const execution = await MicroBatchExecution.restore({
    plan,
    sources,
    ...(tasks !== undefined && { tasks }),
    sink,
    files,
    openStores,
    clock,
    settings,
    query: { name: dataflow.name, sinkDescription: topics.results, newId: randomUUID },
    onStep: (step) => report({ kind: 'step-begun', step }),
    changeOperator: (operator) => mutateOperator(mutant, operator),
  });
  report({ kind: 'restored', positions: execution.positions });
  const loop = new BatchLoop({
    execution,
    clock: withTimers(clock),
    trigger: triggerOf(settings),
    idlePollMs: settings.idlePollMs,
    idlePollMaxMs: settings.idlePollMaxMs,
    onBatch: (batch) => {
      report({ kind: 'batch-completed', batch: toReport(batch) });
      // As Spark says of its triggers (ProcessingTimeExecutor.notifyBatchFallingBehind); back to back none can.
      const fellBehind = settings.triggerIntervalMs > 0 && batch.durationMs > settings.triggerIntervalMs;
      report({ kind: 'query-progress', progress: batch.query, fellBehind });
    },
  });
  return {
    progress: () => ({
      positions: execution.positions,
      committedPositions: execution.committedEnd,
      watermarkMs: execution.watermarkMs,
      lateRecords: execution.counters.lateRecords,
      lateRowsSparkCount: execution.counters.lateRowsSparkCount,
      deadLetters: execution.counters.deadLetters,
    }),
    async stop({ drain }) {
      await loop.stop(drain);
      await Promise.all([...sources.map((source) => source.close()), sink.close(), execution.close()]);
      await Promise.all([client.close(), tasks?.close()]);
      await releaseFolder();
    },
    failed: loop.failed,
    finished: loop.finished,
  };
}

interface BoundTopics {
  /** In the order of the plan's sources. */
  readonly inputs: readonly string[];
  readonly results: string;
  readonly deadLetters: string;
}

function bindTopics({ nodes }: Dataflow, plan: BatchPlan, { topics }: Deployment): BoundTopics {
  const source = nodes.find((node) => node.kind === 'source') as SourceNode;
  const sink = nodes.find((node) => node.kind === 'sink') as SinkNode;
  return {
    inputs: plan.sources.map(({ input }) => topics[input] as string),
    results: topics[sink.output] as string,
    deadLetters: topics[source.deadLetterOutput] as string,
  };
}

async function openSink(
  client: KafkaClient,
  { guarantee, group }: Deployment,
  { acks, lingerMs, maxInFlight, transactionTimeoutMs }: MicroBatchSettings,
  bound: BoundTopics,
): Promise<BatchSink> {
  const [results, deadLetters] = await Promise.all(
    [bound.results, bound.deadLetters].map(async (topic) => ({
      topic,
      partitions: await client.admin.partitionCount(topic),
    })),
  );
  const topics = { results, deadLetters } as OutputTopics;
  switch (guarantee) {
    case 'at-least-once':
      return openDirectSink(client, topics, { acks, lingerMs, maxInFlight });
    case 'exactly-once':
      return openTransactionalSink({
        client,
        topics,
        inputTopics: bound.inputs,
        group,
        acks: -1,
        lingerMs,
        maxInFlight,
        transactionTimeoutMs,
      });
  }
}

function toReport(batch: BatchProgress): BatchReport {
  const { batchId, startedAtNs, durationMs, inputRows, outputRows, phasesMs, bytesWritten } = batch;
  return { batchId, startedAtNs, durationMs, inputRows, outputRows, phasesMs, bytesWritten };
}
