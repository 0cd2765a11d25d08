/** The observer's own thread: a read_committed reader outside every engine, and the judge of what it brings. */
import type { Transferable } from 'node:worker_threads';
import { parentPort, workerData } from 'node:worker_threads';
import { toWireError } from '../../errors/index.ts';
import { connect, type FetchedPartition, type PartitionReader } from '../../kafka/index.ts';
import { loadWorkload, OUTPUTS } from '../../workloads/index.ts';
import { wallClockOffsetMs } from '../clock/index.ts';
import { scheduleOf } from '../replay/index.ts';
import { watchAppends } from './append-watch.ts';
import { type AssignedPartition, assignAll } from './assign-all.ts';
import type { FirstSeen } from './first-seen.ts';
import type { Judge } from './judge.ts';
import { countStarts, LiveSeconds } from './live-seconds.ts';
import type { Observation } from './observation.ts';
import { OracleJudge } from './oracle-judge.ts';
import { PassThroughJudge } from './pass-through-judge.ts';
import type { EndOffsets, ObserverCommand, ObserverMessage, ObserverTask } from './protocol.ts';
import { SampleColumns } from './sample-columns.ts';
import { StageClock } from './stage-clock.ts';

const POLL_WAIT_MS = 50;
const TALLY_INTERVAL_US = 100_000;

const task = workerData as ObserverTask;
const { log } = task;
const post = (message: ObserverMessage, transfer: readonly Transferable[] = []): void =>
  parentPort?.postMessage(message, transfer);
const nowUs = (): number => Number(process.hrtime.bigint() - task.originNs) / 1_000;

let endOffsets: EndOffsets | undefined;
let schedule: Extract<ObserverCommand, { kind: 'schedule' }> | undefined;
parentPort?.on('message', (command: ObserverCommand) => {
  if (command.kind === 'finish') endOffsets = command.endOffsets;
  else schedule = command;
});

try {
  const client = await connect(task.connection);
  const reader = await client.createReader({ isolation: task.isolation ?? 'read-committed' });
  const assigned = await assignAll(reader, client.admin, Object.values(task.topics));
  const resultTopic = task.topics[OUTPUTS.result];
  const appends =
    task.stages && task.transactional && resultTopic !== undefined
      ? await watchAppends(
          await client.createReader({ isolation: 'read-uncommitted' }),
          client.admin,
          resultTopic,
          nowUs,
        )
      : undefined;
  const judge = await makeJudge(appends?.firstSeen ?? null);
  const startsOf = countStarts(judge.expectedSequences, log.count);
  post({ kind: 'ready', expected: judge.expected });
  await Promise.race([
    observe(reader, assigned, judge, startsOf),
    appends?.failed ?? new Promise<never>(() => undefined),
  ]);
  appends?.stop();
  const observation = judge.observation();
  post({ kind: 'finished', observation }, buffersOf(observation));
  await client.close();
} catch (error) {
  post({ kind: 'failed', error: toWireError(error) });
}
parentPort?.close();

async function makeJudge(firstSeen: FirstSeen | null): Promise<Judge> {
  const kept = { emitted: task.stages === true, appended: firstSeen !== null };
  const stages = kept.emitted ? new StageClock(task.originNs, wallClockOffsetMs(), firstSeen) : null;
  const kind = task.judge?.kind ?? 'oracle';
  switch (kind) {
    case 'oracle': {
      const oracle = (await loadWorkload(log.specification.workload)).oracle(log, task.dataflowOptions);
      const logicalOutput = new Map(Object.entries(task.topics).map(([output, topic]) => [topic, output]));
      const samples = new SampleColumns(oracle.expectedSamples, kept);
      return new OracleJudge(oracle, logicalOutput, samples, stages);
    }
    case 'pass-through':
      return new PassThroughJudge(log, new SampleColumns(log.count, kept), stages);
  }
}

async function observe(
  reader: PartitionReader,
  assigned: readonly AssignedPartition[],
  judge: Judge,
  startsOf: Uint32Array,
): Promise<void> {
  const kept: { fetched: FetchedPartition; arrivalUs: number }[] = [];
  let seconds: LiveSeconds | undefined;
  let nextTallyUs = 0;
  while (!reachedEnd(reader, assigned)) {
    const answer = await reader.poll(POLL_WAIT_MS);
    const arrivalUs = nowUs();
    for (const fetched of answer) {
      if (task.mode === 'live') judge.judge(fetched, arrivalUs);
      else kept.push({ fetched, arrivalUs });
    }
    if (task.mode === 'deferred' || arrivalUs < nextTallyUs) continue;
    nextTallyUs = arrivalUs + TALLY_INTERVAL_US;
    seconds ??= secondsOf(startsOf);
    post({ kind: 'tally', tally: judge.tally(), seconds: seconds?.update(judge.samples, arrivalUs) ?? [] });
  }
  for (const { fetched, arrivalUs } of kept) judge.judge(fetched, arrivalUs);
}

function secondsOf(startsOf: Uint32Array): LiveSeconds | undefined {
  if (schedule === undefined) return undefined;
  const startUs = Number(schedule.startNs - task.originNs) / 1_000;
  return new LiveSeconds(scheduleOf(schedule.profile), startUs, startsOf);
}

function reachedEnd(reader: PartitionReader, assigned: readonly AssignedPartition[]): boolean {
  const ends = endOffsets;
  if (ends === undefined) return false;
  return assigned.every(
    ({ topic, partition }) => reader.position(topic, partition) >= (ends[topic]?.[partition] ?? 0),
  );
}

/** Handed over rather than copied: they can be hundreds of megabytes. */
function buffersOf(observation: Observation): Transferable[] {
  const columns = [
    observation.sampleSequences,
    observation.sampleArrivalsUs,
    observation.sampleEmittedUs,
    observation.sampleAppendedUs,
    observation.outputNewestSequences,
    observation.outputArrivalsUs,
  ];
  return [...new Set(columns.flatMap((column) => (column === null ? [] : [column.buffer as ArrayBuffer])))];
}
