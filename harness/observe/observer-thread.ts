/** The observer's own thread: a read_committed reader outside every engine, and the oracle. */
import { parentPort, workerData } from 'node:worker_threads';
import { toWireError } from '../../errors/index.ts';
import { connect, type FetchedPartition, type KafkaAdmin, type PartitionReader } from '../../kafka/index.ts';
import { loadWorkload } from '../../workloads/index.ts';
import { Judge } from './judge.ts';
import type { ObserverCommand, ObserverMessage, ObserverTask } from './protocol.ts';

const POLL_WAIT_MS = 50;
const TALLY_INTERVAL_MS = 100;

const task = workerData as ObserverTask;
const post = (message: ObserverMessage): void => parentPort?.postMessage(message);

const logicalOutput = new Map(Object.entries(task.topics).map(([output, topic]) => [topic, output]));
let endOffsets: ObserverCommand['endOffsets'] | undefined;
parentPort?.on('message', (command: ObserverCommand) => {
  endOffsets = command.endOffsets;
});

try {
  const oracle = (await loadWorkload(task.log.specification.workload)).oracle(task.log, task.dataflowOptions);
  const judge = new Judge(oracle, logicalOutput);
  const client = await connect(task.connection);
  const reader = await client.createReader({ isolation: 'read-committed' });
  const assigned = await assignAll(reader, client.admin);
  const { expectedLateRecords: lateRecords, expectedDeadLetters: deadLetters } = oracle;
  post({ kind: 'ready', expected: { lateRecords, deadLetters } });
  await observe(reader, assigned, judge);
  post({ kind: 'finished', observation: judge.observation() });
  await reader.close();
  await client.close();
} catch (error) {
  post({ kind: 'failed', error: toWireError(error) });
}
parentPort?.close();

interface AssignedPartition {
  readonly topic: string;
  readonly partition: number;
}

async function assignAll(reader: PartitionReader, admin: KafkaAdmin): Promise<AssignedPartition[]> {
  const all: AssignedPartition[] = [];
  for (const topic of logicalOutput.keys()) {
    const count = await admin.partitionCount(topic);
    for (let partition = 0; partition < count; partition += 1) all.push({ topic, partition });
  }
  reader.assign(all.map((position) => ({ ...position, offset: 0 })));
  return all;
}

async function observe(
  reader: PartitionReader,
  assigned: readonly AssignedPartition[],
  judge: Judge,
): Promise<void> {
  const kept: { fetched: FetchedPartition; arrivalUs: number }[] = [];
  let nextTallyUs = 0;
  while (!reachedEnd(reader, assigned)) {
    const answer = await reader.poll(POLL_WAIT_MS);
    const arrivalUs = Number(process.hrtime.bigint() - task.originNs) / 1_000;
    for (const fetched of answer) {
      if (task.mode === 'live') judge.judge(fetched, arrivalUs);
      else kept.push({ fetched, arrivalUs });
    }
    if (arrivalUs >= nextTallyUs && task.mode === 'live') {
      nextTallyUs = arrivalUs + TALLY_INTERVAL_MS * 1_000;
      post({ kind: 'tally', tally: judge.tally() });
    }
  }
  for (const { fetched, arrivalUs } of kept) judge.judge(fetched, arrivalUs);
}

function reachedEnd(reader: PartitionReader, assigned: readonly AssignedPartition[]): boolean {
  const ends = endOffsets;
  if (ends === undefined) return false;
  return assigned.every(
    ({ topic, partition }) => reader.position(topic, partition) >= (ends[topic]?.[partition] ?? 0),
  );
}
