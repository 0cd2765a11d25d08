/**
 * What the observer's thread spends on an output, part by part, with no broker and no waiting:
 *
 *     node harness/observe/bench/judge-cost.ts [OUTPUTS]
 *
 * By default a million results of merchant-spend, fetched from the embedded log of this process in batches as an engine writes them, then
 * judged over and over by a fresh judge. Prints the fastest of the rounds: other load only makes it slower. For a profile:
 * `node --cpu-prof harness/observe/bench/judge-cost.ts`.
 */
import { createInProcessClient, type FetchedPartition, startEmbeddedLog } from '../../../kafka/index.ts';
import { loadWorkload, type RecordedLog } from '../../../workloads/index.ts';
import { wallClockOffsetMs } from '../../clock/index.ts';
import { constantRate } from '../../replay/index.ts';
import { FirstSeen } from '../first-seen.ts';
import type { Judge } from '../judge.ts';
import { countStarts, LiveSeconds } from '../live-seconds.ts';
import { OracleJudge } from '../oracle-judge.ts';
import { PassThroughJudge } from '../pass-through-judge.ts';
import { SampleColumns } from '../sample-columns.ts';
import { StageClock } from '../stage-clock.ts';
import { spendResults } from '../testing/index.ts';

const outputs = Number(process.argv[2] ?? 1_000_000);
const ROUNDS = 7;
/** As much as an engine sends of one partition at a time at a high rate. */
const BATCH_BYTES = 64 * 1024;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const workload = await loadWorkload('merchant-spend');
const log = workload.generate({ ...workload.defaults, seed: 1, events: outputs });
const results = spendResults(log);
const server = await startEmbeddedLog();
const client = createInProcessClient(server.store);
const { partitions } = log.specification;
const logicalOutput = new Map([['result', 'output']]);
await client.admin.createTopics(['input', 'result'].map((topic) => ({ topic, partitions })));
await fill('input', log);
await fill('result', results);

const fetchedResults = await timedFetch('result');
const fetchedInput = await timedFetch('input');
const none = { emitted: false, appended: false };
const oracle = () => workload.oracle(log, { late: 'none' });

report('oracle', fetchedResults, () => {
  return new OracleJudge(oracle(), logicalOutput, new SampleColumns(log.count, none), null);
});
report('oracle, with stages', fetchedResults, () => {
  const stages = new StageClock(0n, wallClockOffsetMs(), new FirstSeen(partitions));
  const samples = new SampleColumns(log.count, { emitted: true, appended: true });
  return new OracleJudge(oracle(), logicalOutput, samples, stages);
});
report('pass-through', fetchedInput, () => {
  return new PassThroughJudge(log, new SampleColumns(log.count, none), null);
});
reportSeconds();
await client.close();
await server.stop();

async function fill(topic: string, { values, valueStart, partitionOf }: RecordedLog): Promise<void> {
  const producer = await client.createProducer({
    acks: -1,
    lingerMs: 5,
    maxInFlight: 5,
    batchBytes: BATCH_BYTES,
  });
  for (let sequence = 0; sequence < outputs; sequence += 1) {
    const value = values.subarray(valueStart[sequence], valueStart[sequence + 1]);
    producer.append({ topic, partition: partitionOf[sequence] as number, key: null, value });
    if (producer.pendingBytes > 2 ** 24) await producer.flush();
  }
  await producer.close();
}

/** Reads the topic as the observer does, several times; what the last one brought is kept. */
async function timedFetch(topic: string): Promise<FetchedPartition[]> {
  let fetched: FetchedPartition[] = [];
  const costs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    fetched = [];
    const reader = await client.createReader({ isolation: 'read-uncommitted' });
    reader.assign(Array.from({ length: partitions }, (_, partition) => ({ topic, partition, offset: 0 })));
    let records = 0;
    const startedMs = performance.now();
    while (records < outputs) {
      for (const each of await reader.poll(100)) {
        fetched.push(each);
        records += each.batches.reduce((sum, { count }) => sum + count, 0);
      }
    }
    costs.push(((performance.now() - startedMs) * 1_000) / outputs);
    await reader.close();
  }
  tell(`fetch and decode ${topic}`, costs);
  return fetched;
}

function report(name: string, fetched: readonly FetchedPartition[], makeJudge: () => Judge): void {
  const costs = Array.from({ length: ROUNDS }, () => {
    const judge = makeJudge();
    const startedMs = performance.now();
    for (const each of fetched) judge.judge(each, 1);
    const elapsedMs = performance.now() - startedMs;
    const { covered, wrong } = judge.tally();
    if (covered !== outputs || wrong !== 0) throw new Error(`${name}: ${covered} covered, ${wrong} wrong`);
    return (elapsedMs * 1_000) / outputs;
  });
  tell(name, costs);
}

function reportSeconds(): void {
  const schedule = constantRate(400_000);
  const samples = new SampleColumns(outputs, none);
  for (let sequence = 0; sequence < outputs; sequence += 1) {
    samples.arrivalUs = schedule.dueNs(sequence) / 1_000 + (sequence % 50_000);
    samples.push(sequence);
  }
  const starts = countStarts(samples.sequences(), outputs);
  const costs = Array.from({ length: ROUNDS }, () => {
    const startedMs = performance.now();
    new LiveSeconds(schedule, 0, starts).update(samples, 1e12);
    return ((performance.now() - startedMs) * 1_000) / outputs;
  });
  tell('live seconds', costs);
}

function tell(name: string, microseconds: readonly number[]): void {
  say(`${name.padEnd(28)}${Math.min(...microseconds).toFixed(3)} us an output`);
}
