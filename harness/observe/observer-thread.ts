/** The observer's own thread: a read_committed reader outside every engine, and the oracle. */
import { parentPort, workerData } from 'node:worker_threads';
import { connect, type FetchedPartition, type PartitionReader } from '../../kafka/index.ts';
import { getWorkload } from '../../workloads/index.ts';
import { Judge } from './judge.ts';
import type { ObserverCommand, ObserverMessage, ObserverTask } from './protocol.ts';

const POLL_WAIT_MS = 50;
const TALLY_INTERVAL_MS = 100;

const task = workerData as ObserverTask;
const post = (message: ObserverMessage): void => parentPort?.postMessage(message);

const logicalOutput = new Map(Object.entries(task.topics).map(([output, topic]) => [topic, output]));
const oracle = getWorkload(task.log.specification.workload).oracle(task.log, task.dataflowOptions);
const judge = new Judge(oracle, logicalOutput);
const kept: { fetched: FetchedPartition; arrivalUs: number }[] = [];
let endOffsets: ObserverCommand['endOffsets'] | undefined;

parentPort?.on('message', (command: ObserverCommand) => {
  endOffsets = command.endOffsets;
});

const client = await connect(task.connection);
const reader = await client.createReader({ isolation: 'read-committed' });
const partitions = await assignAll(reader);
post({
  kind: 'ready',
  expected: { lateRecords: oracle.expectedLateRecords, deadLetters: oracle.expectedDeadLetters },
});
await observe();
for (const { fetched, arrivalUs } of kept) judge.judge(fetched, arrivalUs);
post({ kind: 'finished', observation: judge.observation() });
await reader.close();
await client.close();
parentPort?.close();

async function assignAll(target: PartitionReader): Promise<{ topic: string; partition: number }[]> {
  const all: { topic: string; partition: number }[] = [];
  for (const topic of logicalOutput.keys()) {
    const count = await client.admin.partitionCount(topic);
    for (let partition = 0; partition < count; partition += 1) all.push({ topic, partition });
  }
  target.assign(all.map((position) => ({ ...position, offset: 0 })));
  return all;
}

async function observe(): Promise<void> {
  let nextTallyUs = 0;
  while (!reachedEnd()) {
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
}

function reachedEnd(): boolean {
  if (endOffsets === undefined) return false;
  const ends = endOffsets;
  return partitions.every(
    ({ topic, partition }) => reader.position(topic, partition) >= (ends[topic]?.[partition] ?? 0),
  );
}
