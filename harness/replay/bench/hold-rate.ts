/**
 * What replay holds with no engine attached, on the embedded Kafka: `node harness/replay/bench/hold-rate.ts [RATE [SECONDS [WORKLOAD]]]`,
 * by default 100,000 records a second for 10 seconds of merchant-spend. A short replay goes before, so that code and JVM are warm.
 */
import { connect, type KafkaConnection, startEmbeddedBroker } from '../../../kafka/index.ts';
import { loadWorkload, type RecordedLog } from '../../../workloads/index.ts';
import { constantRate, loadBacklog, type ReplayReport, startReplay } from '../index.ts';

const [rate = 100_000, seconds = 10] = process.argv.slice(2, 4).map(Number);
const { name, defaults, generate } = await loadWorkload(process.argv[4] ?? 'merchant-spend');
const PARTITIONS = defaults.partitions;
const WARM_UP_SECONDS = 5;
const LEAD_NS = 300_000_000n;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const logOf = (events: number): RecordedLog => generate({ ...defaults, seed: 1, events: Math.ceil(events) });
const milliseconds = (us: number | null): string => (us === null ? 'n/a' : `${(us / 1_000).toFixed(2)} ms`);

const broker = await startEmbeddedBroker();
const client = await connect(broker.connection);
try {
  const topics = ['warm-up', 'schedule', 'backlog'] as const;
  await client.admin.createTopics(topics.map((topic) => ({ topic, partitions: PARTITIONS })));
  say(broker.description);
  await replayed(broker.connection, 'warm-up', logOf(rate * WARM_UP_SECONDS));
  const log = logOf(rate * seconds);
  const report = await replayed(broker.connection, 'schedule', log);
  const { lag } = report;
  say(`${name}, ${rate} records/s for ${seconds} s: achieved ${report.achievedRatePerSecond.toFixed(0)}/s`);
  say(`sent ${report.sent}, acknowledged ${report.acknowledged}, stored ${report.stored}`);
  const percentiles = [
    `p50 ${milliseconds(lag.p50)}`,
    `p99 ${milliseconds(lag.p99)}`,
    `p99.9 ${milliseconds(lag.p999)}`,
  ];
  say(`lag (actual send minus due): ${percentiles.join(', ')}, max ${milliseconds(lag.max)}`);
  const backlog = await loadBacklog({ connection: broker.connection, topic: 'backlog', log });
  say(`backlog: ${backlog.stored} records, acknowledged after ${milliseconds(backlog.acknowledgedUs)}`);
} finally {
  await client.close();
  await broker.stop();
}

async function replayed(connection: KafkaConnection, topic: string, log: RecordedLog): Promise<ReplayReport> {
  const replay = await startReplay({ connection, topic, log, schedule: constantRate(rate) });
  replay.start(process.hrtime.bigint() + LEAD_NS);
  try {
    return await replay.done;
  } finally {
    await replay.stop();
  }
}
