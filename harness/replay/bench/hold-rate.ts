/**
 * What replay holds with no engine attached, on the embedded Kafka:
 *
 *     node harness/replay/bench/hold-rate.ts [--schedule constant:100000] [--seconds 10] [--warmup 5] [--producers 1] [--workload merchant-spend]
 *
 * One replay of `warmup + seconds`; the lag is that of the records due after warm-up, as in a run's result, and beside it that of the
 * warm-up itself. A backlog is loaded behind it.
 */
import { parseArgs } from 'node:util';
import { connect, type KafkaConnection, startEmbeddedBroker } from '../../../kafka/index.ts';
import type { Distribution } from '../../../reports/model/index.ts';
import { loadWorkload, type RecordedLog } from '../../../workloads/index.ts';
import {
  lagBetween,
  loadBacklog,
  parseSchedule,
  type ReplayReport,
  scheduleOf,
  startReplay,
} from '../index.ts';

const { values: options } = parseArgs({
  options: {
    schedule: { type: 'string', default: 'constant:100000' },
    seconds: { type: 'string', default: '10' },
    warmup: { type: 'string', default: '5' },
    producers: { type: 'string', default: '1' },
    workload: { type: 'string', default: 'merchant-spend' },
  },
});
const LEAD_NS = 300_000_000n;

const schedule = scheduleOf(parseSchedule(options.schedule));
const producers = Number(options.producers);
const warmupMs = Number(options.warmup) * 1_000;
const endMs = warmupMs + Number(options.seconds) * 1_000;
const { name, defaults, generate } = await loadWorkload(options.workload);
const log = generate({ ...defaults, seed: 1, events: schedule.countBefore(endMs * 1e6) });

const broker = await startEmbeddedBroker();
const client = await connect(broker.connection);
try {
  const topics = ['schedule', 'backlog'] as const;
  await client.admin.createTopics(topics.map((topic) => ({ topic, partitions: defaults.partitions })));
  say(broker.description);
  const report = await replayed(broker.connection, 'schedule', log);
  const { scheduling, achievedRatePerSecond, sent, acknowledged, stored, longestUnacknowledgedMs } = report;
  say(`${name}, ${JSON.stringify(schedule.describe())}, ${producers} producer(s), ${scheduling} scheduling`);
  say(
    `achieved ${achievedRatePerSecond.toFixed(0)}/s, sent ${sent}, acknowledged ${acknowledged}, stored ${stored}`,
  );
  say(`longest time without an acknowledgement: ${longestUnacknowledgedMs.toFixed(1)} ms`);
  say(`lag in warm-up: ${describeLag(lagBetween(schedule, report.sentUs, 0, warmupMs))}`);
  say(`lag after it:   ${describeLag(lagBetween(schedule, report.sentUs, warmupMs, endMs))}`);
  const backlog = await loadBacklog({ connection: broker.connection, topic: 'backlog', log });
  say(`backlog: ${backlog.stored} records, acknowledged after ${milliseconds(backlog.acknowledgedUs)}`);
} finally {
  await client.close();
  await broker.stop();
}

async function replayed(connection: KafkaConnection, topic: string, log: RecordedLog): Promise<ReplayReport> {
  const replay = await startReplay({ connection, topic, log, schedule, producers });
  replay.start(process.hrtime.bigint() + LEAD_NS);
  try {
    return await replay.done;
  } finally {
    await replay.stop();
  }
}

function describeLag({ p50, p99, p999, max }: Distribution): string {
  const [half, most, nearlyAll, longest] = [p50, p99, p999, max].map(milliseconds);
  return `p50 ${half}, p99 ${most}, p99.9 ${nearlyAll}, max ${longest}`;
}

function milliseconds(us: number | null): string {
  return us === null ? 'n/a' : `${(us / 1_000).toFixed(2)} ms`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
