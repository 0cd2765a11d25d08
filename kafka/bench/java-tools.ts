import { runJavaTool } from '../java-tool.ts';
import type { BenchResult, BenchWorkload } from './workload.ts';

const HEAP_MB = 256;

/** Kafka's kafka-producer-perf-test, with the same batches, linger, acks and requests in flight as ours. */
export async function produceWithJava(of: BenchWorkload): Promise<BenchResult> {
  const properties = [
    `bootstrap.servers=${of.brokers.join(',')}`,
    'acks=all',
    'enable.idempotence=false',
    `linger.ms=${of.lingerMs}`,
    `batch.size=${of.batchBytes}`,
    'max.in.flight.requests.per.connection=5',
  ];
  const printed = await runJavaTool({
    tool: 'org.apache.kafka.tools.ProducerPerformance',
    heapMb: HEAP_MB,
    args: [
      ...['--topic', of.topic, '--record-size', `${of.recordBytes}`, '--throughput', '-1'],
      ...['--num-records', `${of.records + of.warmUpRecords}`, '--warmup-records', `${of.warmUpRecords}`],
      ...['--command-property', ...properties],
    ],
  });
  const last = printed.trimEnd().split('\n').at(-1) ?? '';
  const perSecond = Number(/([\d.]+) records\/sec/.exec(last)?.[1]);
  return resultOf(of.records, perSecond, printed);
}

/** Kafka's kafka-consumer-perf-test; its own figure, which leaves out the time to join the group. */
export async function consumeWithJava(of: BenchWorkload): Promise<BenchResult> {
  const records = of.records + of.warmUpRecords;
  const printed = await runJavaTool({
    tool: 'org.apache.kafka.tools.ConsumerPerformance',
    heapMb: HEAP_MB,
    args: [
      ...['--bootstrap-server', of.brokers.join(','), '--topic', of.topic],
      ...['--num-records', `${records}`, '--hide-header'],
    ],
  });
  const columns = (printed.trimEnd().split('\n').at(-1) ?? '').split(',').map((column) => column.trim());
  // start, end, MB, MB/s, records, records/s, rebalance ms, fetch ms, fetch MB/s, fetch records/s
  return resultOf(records, Number(columns[9]), printed);
}

function resultOf(records: number, perSecond: number, printed: string): BenchResult {
  if (!(perSecond > 0)) throw new Error(`no rate in what the tool printed: ${printed}`);
  return { records, elapsedMs: (records / perSecond) * 1_000 };
}
