import { randomUUID } from 'node:crypto';
import { connect } from '../../kafka/index.ts';
import { type BatchReport, loadDataflow, type StreamingQueryProgress } from '../pipeline/index.ts';
import { mutateDataflow } from '../pipeline/mutant/index.ts';
import { type EngineEnvironment, hostEngine, type RunningEngine } from '../pipeline/process/index.ts';
import { openSink, resultTopic } from './connect/index.ts';
import { MicroBatchExecution, withForeachBatch } from './execution/index.ts';
import { lockFolder, openDiskFileStore } from './log/index.ts';
import { mutateOperator, mutateSink } from './mutant/index.ts';
import { compilePlan } from './plan/index.ts';
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
    openStateProvider({
      ...settings,
      stateFolder,
      newToken: randomUUID,
      redisPassword: process.env.CROSSCURRENT_REDIS_PASSWORD,
    }),
  ]);
  const dataflow = mutateDataflow(loaded, mutant);
  const plan = compilePlan(dataflow);
  const [sources, openedSink] = await Promise.all([
    openSources({ client, plan, deployment, settings, incarnation }),
    openSink(client, dataflow, deployment, settings),
  ]);
  const sink = withForeachBatch(mutateSink(mutant, openedSink, dataflow), dataflow);
  report({ kind: 'step-begun', step: 'restore' });
  const execution = await MicroBatchExecution.restore({
    plan,
    sources,
    ...(tasks !== undefined && { tasks }),
    sink,
    files,
    openStores,
    clock,
    settings: {
      ...settings,
      ...(settings.asyncProgressTracking && {
        asyncProgressIntervalMs: settings.asyncProgressTrackingCheckpointIntervalMs,
      }),
    },
    // Memory and RocksDB keep the same files.
    fixed: { stateProvider: settings.stateProvider.startsWith('redis') ? 'redis' : 'memory' },
    query: { name: dataflow.name, sinkDescription: resultTopic(dataflow, deployment), newId: randomUUID },
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
    onBatch: (batch, { isFallingBehind, lingeredMs }) => {
      report({ kind: 'batch-completed', batch: toReport(batch) });
      report({
        kind: 'query-progress',
        progress: withLinger(batch.query, settings, lingeredMs),
        fellBehind: isFallingBehind,
      });
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

/** Low latency gathers input between two batches: a phase of its own in front of Spark's. */
function withLinger(
  progress: StreamingQueryProgress,
  { trigger }: MicroBatchSettings,
  lingeredMs: number,
): StreamingQueryProgress {
  if (trigger !== 'low-latency') return progress;
  return { ...progress, durationMs: { linger: Math.round(lingeredMs), ...progress.durationMs } };
}

function toReport(batch: BatchProgress): BatchReport {
  const { batchId, startedAtNs, durationMs, inputRows, outputRows, phasesMs, bytesWritten } = batch;
  return { batchId, startedAtNs, durationMs, inputRows, outputRows, phasesMs, bytesWritten };
}
