/** One's own workload by path, on real Kafka with both engines: generated, and recorded from a topic by the command line. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type OpenBroker, openBroker } from '../../kafka/index.ts';
import { readResult } from '../../reports/model/index.ts';
import { runCommandLine } from './testing/index.ts';

const EXAMPLE = new URL('../../workloads/examples/page-views/', import.meta.url).href;
const AUTHORING = new URL('../../workloads/authoring.ts', import.meta.url).href;
const RECORDS = 1_500;
const PAGES = ['home', 'prices', 'jobs', 'news', 'secret-plans'];

let broker: OpenBroker;
let addresses = '';
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-own-workload-'));
  broker = await openBroker({ choice: 'embedded' });
  if (broker.connection.kind === 'kafka') addresses = broker.connection.brokers.join(',');
});
afterAll(async () => {
  await broker?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a workload through both engines and returns the runs, each of which its oracle has passed. */
async function verifiedRuns(workload: string, measure: string, options: readonly string[]) {
  const out = join(folder, measure);
  const command = ['run', '--workload', workload, '--brokers', addresses, '--measure', measure, '--out', out];
  const short = ['--no-warm-up', '--no-floor', '--attempts', '1', '--warmup', '0', '--warmup-limit', '0'];
  const { stderr } = await runCommandLine([...command, ...short, ...options]);
  const result = await readResult(join(out, 'result.json')).catch((error: Error) => {
    throw new Error(`${error.message}\n${stderr}`);
  });
  expect(result.cells.map((cell) => [cell.workload, cell.engine])).toEqual([
    [workload, 'event'],
    [workload, 'micro-batch'],
  ]);
  const runs = result.cells.flatMap((cell) => cell.runs);
  expect(runs).toHaveLength(2);
  for (const run of runs) {
    expect(run.verification, stderr).toMatchObject({ passed: true, lost: 0, wrong: 0 });
  }
  return runs;
}

test('a workload of a folder runs through both engines, and its outputs are checked', async () => {
  const runs = await verifiedRuns('./workloads/examples/page-views', 'drain', ['--events', '2000']);
  expect(runs.map((run) => run.verification?.expectedSamples)).toEqual([2_000, 2_000]);
});

test('a topic is recorded with hidden keys, and replayed as it came', async () => {
  await produceViews();
  const file = join(folder, 'views.log');
  const recorded = await runCommandLine(
    [
      ['log', 'record', '--topic', 'views', '--brokers', addresses, '--out', file],
      ['--anonymise-keys', '--anonymise-field', 'page'],
    ].flat(),
  );
  expect(recorded.stderr).toContain(`${RECORDS} records of 3 partitions, over 3.0 s`);
  expect(recorded.exitCode).toBe(0);
  expect(await readFile(file, 'latin1')).not.toMatch(new RegExp(PAGES.join('|')));

  const module = join(folder, 'recorded-views.ts');
  await writeFile(module, recordedViews(file));
  const runs = await verifiedRuns(module, 'latency', ['--schedule', 'recorded:2', '--duration', '2']);
  for (const run of runs) {
    expect(run.verification?.expectedSamples).toBe(RECORDS);
    expect(run.log).toMatchObject({ records: RECORDS, specification: { partitions: 3 } });
    expect(recorded.stdout).toContain(run.log.sha256);
  }
});

/** As docs/own-workload.md shows it. */
function recordedViews(file: string): string {
  return `
    import { recordedWorkload, runningAggregatesOracle } from '${AUTHORING}';
    import { AGGREGATES, VIEW } from '${EXAMPLE}dataflow.ts';

    export const workload = recordedWorkload({
      title: 'Views as they came',
      log: '${file}',
      dataflow: { module: '${EXAMPLE}dataflow.ts', export: 'pageViews' },
      oracle: (log) => runningAggregatesOracle(log, { input: VIEW, key: 'page', aggregates: AGGREGATES }),
    });`;
}

/** Two milliseconds apart, each page in a partition of its own choice. */
async function produceViews(): Promise<void> {
  const client = await connect(broker.connection);
  await client.admin.createTopics([{ topic: 'views', partitions: 3 }]);
  const producer = await client.createProducer({ acks: -1, lingerMs: 5, maxInFlight: 1 });
  const firstMs = Date.now() - 60_000;
  for (let index = 0; index < RECORDS; index += 1) {
    const place = (index * 7) % PAGES.length;
    const page = PAGES[place] as string;
    producer.append({
      topic: 'views',
      partition: place % 3,
      key: page,
      value: JSON.stringify({ page, loadMs: index % 90, bytes: 1_000 + index }),
      timestampMs: firstMs + index * 2,
    });
  }
  await producer.flush();
  await producer.close();
  await client.close();
}
