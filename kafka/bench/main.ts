import { execFile } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { startEmbeddedBroker } from '../broker/index.ts';
import { connect } from '../connect.ts';
import { consumeWithJava, produceWithJava } from './java-tools.ts';
import { rateTable } from './rate-table.ts';
import type { BenchDirection, BenchResult, BenchWorkload } from './workload.ts';

/**
 * `make bench-kafka`: rates of our client, of unchanged kafkajs and of Kafka's own performance tools on one embedded broker, each
 * in a process of its own and never two at a time, taking turns over several rounds. The table goes to stdout.
 */
const { values: options } = parseArgs({
  options: {
    records: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
  },
});
const records = positive('records', options.records);
const rounds = positive('rounds', options.rounds);

interface Contender {
  readonly client: string;
  run(direction: BenchDirection, workload: BenchWorkload): Promise<BenchResult>;
  readonly results: Record<BenchDirection, BenchResult[]>;
}

const contenders: readonly Contender[] = [
  { client: 'crosscurrent', run: inNode('./own-client.ts'), results: { produce: [], consume: [] } },
  { client: 'kafkajs 2.2.4', run: inNode('./unchanged-kafkajs.ts'), results: { produce: [], consume: [] } },
  {
    client: 'Kafka perf-test (Java)',
    run: (direction, workload) =>
      direction === 'produce' ? produceWithJava(workload) : consumeWithJava(workload),
    results: { produce: [], consume: [] },
  },
];

const progress = (text: string) => process.stderr.write(`${text}\n`);
const broker = await startEmbeddedBroker({ onProgress: progress });
try {
  await takeTurns();
  process.stdout.write(
    `${broker.description}; ${cpus().length} CPUs shared with the broker; Node ${process.versions.node}\n` +
      `${records.toLocaleString('en-US')} records of 100 bytes, 4 partitions, acks all, linger 5 ms, batches up to 256 KiB; ` +
      `median of ${rounds} rounds, clients taking turns\n\n${rateTable(contenders)}`,
  );
} finally {
  await broker.stop();
}

async function takeTurns(): Promise<void> {
  const client = await connect(broker.connection);
  for (let round = 0; round < rounds; round++) {
    // A B C, then C B A: a drift of the machine hits all alike.
    for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
      const topic = `bench-${round}-${contenders.indexOf(contender)}`;
      const workload: BenchWorkload = {
        brokers: broker.connection.brokers,
        topic,
        partitions: 4,
        records,
        warmUpRecords: Math.ceil(records / 5),
        recordBytes: 100,
        batchBytes: 256 * 1024,
        lingerMs: 5,
      };
      await client.admin.createTopics([{ topic, partitions: workload.partitions }]);
      for (const direction of ['produce', 'consume'] as const) {
        progress(`round ${round + 1} of ${rounds}: ${contender.client}, ${direction}`);
        contender.results[direction].push(await contender.run(direction, workload));
      }
      await client.admin.deleteTopics([topic]);
    }
  }
  await client.close();
}

function inNode(script: string): Contender['run'] {
  const path = fileURLToPath(new URL(script, import.meta.url));
  return async (direction, workload) => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      path,
      direction,
      JSON.stringify(workload),
    ]);
    return JSON.parse(stdout);
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  process.stderr.write(`--${name} takes a whole number above 0, not "${text}"\n`);
  process.exit(2);
}
