import { afterEach, expect, test } from 'vitest';
import {
  type DeployedJob,
  deployJob,
  INPUT_PARTITIONS,
  SECOND_PARTITIONS,
  type SentRecord,
} from './testing/deployed-job.ts';

/** Engine processes start slowly where the machine has other work. */
const TIMEOUT_MS = 120_000;
const KEYS = 7;

let job: DeployedJob | undefined;
afterEach(async () => {
  await job?.end();
  job = undefined;
});

interface Sent {
  readonly input: 'input' | 'second';
  readonly seq: number;
  readonly key: string;
  readonly timeMs: number;
  /** Of the topic. */
  readonly partition: number;
}

/** Rows of both inputs by turns, 10 ms of event time each. Those of one key and input are in one partition, so their order is defined. */
function rows(from: number, to: number): Sent[] {
  return Array.from({ length: to - from }, (_, index) => {
    const seq = from + index;
    const key = Math.floor(seq / 2) % KEYS;
    const [input, partitions] =
      seq % 2 === 0 ? (['input', INPUT_PARTITIONS] as const) : (['second', SECOND_PARTITIONS] as const);
    return { input, seq, key: `key-${key}`, timeMs: 10 * seq, partition: key % partitions };
  });
}

const payment = ({ input, partition, seq, key }: Sent): SentRecord => ({
  input,
  partition,
  value: JSON.stringify({ seq, shop: key, amount: seq }),
});

const event = ({ input, partition, seq, key, timeMs }: Sent): SentRecord => ({
  input,
  partition,
  value: JSON.stringify({ key, seq, timeMs }),
});

/** Sends rows in three parts and kills the engine between them, when it has read something of each. */
async function sendOverKills(deployed: DeployedJob, sent: readonly SentRecord[]): Promise<void> {
  const third = Math.floor(sent.length / 3);
  await deployed.send(sent.slice(0, third));
  await deployed.next('checkpoint-completed');
  await deployed.send(sent.slice(third, 2 * third));
  await deployed.consumed(Math.floor(1.5 * third));
  const running = deployed.next('running');
  deployed.pipeline.kill('process');
  await running;
  await deployed.send(sent.slice(2 * third));
  await deployed.consumed(Math.floor(2.5 * third));
  const failed = deployed.next('slot-failed');
  deployed.pipeline.kill('slot');
  await failed;
}

async function results<T>(deployed: DeployedJob): Promise<T[]> {
  return (await deployed.values('output')).flat().map((value) => JSON.parse(value) as T);
}

const sorted = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).sort();

function windowsOf(sent: readonly { readonly key: string; readonly seq: number; readonly timeMs: number }[]) {
  const windows = new Map<string, { count: number; total: number }>();
  for (const { key, seq, timeMs } of sent) {
    const windowStartMs = timeMs - (timeMs % 1000);
    const name = JSON.stringify({ key, windowStartMs, windowEndMs: windowStartMs + 1000 });
    const { count, total } = windows.get(name) ?? { count: 0, total: 0 };
    windows.set(name, { count: count + 1, total: total + seq });
  }
  return [...windows].map(([name, window]) => ({ ...JSON.parse(name), ...window }));
}

test(
  'a union of two topics: totals exactly once over kills, and the offsets of both in the transaction',
  async () => {
    // What a killed engine left open would hide all outputs behind it for these 15 minutes, if the next one did not abort it.
    job = await deployJob('merged', 'exactly-once', { transactionTimeoutMs: 900_000 });
    const sent = rows(0, 600);
    await sendOverKills(job, sent.map(payment));
    await job.send([{ input: 'second', partition: 0, value: 'no record' }]);
    await job.pipeline.stop({ drain: true });

    const put = await results<{ shop: string; count: number; total: number }>(job);
    for (let key = 0; key < KEYS; key++) {
      const ofKey = sent.filter((row) => row.key === `key-${key}`);
      const seen = put.filter(({ shop }) => shop === `key-${key}`);
      expect(seen.map(({ count }) => count)).toEqual(ofKey.map((_, index) => index + 1));
      const total = ofKey.reduce((sum, { input, seq }) => sum + (input === 'second' ? 10 * seq : seq), 0);
      expect(seen.at(-1)?.total).toBe(total);
    }
    expect((await job.values('dead-letter')).flat()).toEqual(['no record']);
    const { positions, committedPositions } = job.pipeline.progress();
    expect(positions).toHaveLength(INPUT_PARTITIONS + SECOND_PARTITIONS);
    expect(committedPositions).toEqual(positions);
    expect(await job.committed('second')).toEqual(positions.slice(INPUT_PARTITIONS));
    expect(positions.reduce((sum, position) => sum + position, 0)).toBe(601);
  },
  TIMEOUT_MS,
);

test(
  'windows over a union wait for the slower topic, over kills',
  async () => {
    job = await deployJob('mergedWindows', 'exactly-once');
    const sent = rows(0, 600);
    await sendOverKills(job, sent.map(event));
    await job.pipeline.stop({ drain: true });
    expect(sorted(await results(job))).toEqual(sorted(windowsOf(sent)));
    expect(job.pipeline.progress()).toMatchObject({ lateRecords: 0 });
  },
  TIMEOUT_MS,
);

test(
  'connected inputs share the state of a key, and their timers fire by the slower watermark, over kills',
  async () => {
    job = await deployJob('tallied', 'exactly-once', { stateBackend: 'rocksdb', stateCacheEntries: 64 });
    const sent = rows(0, 600);
    await sendOverKills(job, sent.map(event));
    await job.pipeline.stop({ drain: true });
    const put = await results<{ key: string; timeMs: number; both: number }>(job);
    expect(sorted(put.map(({ key, timeMs }) => [key, timeMs]))).toEqual(
      sorted(sent.map(({ key, timeMs }) => [key, timeMs + 500])),
    );
    for (let key = 0; key < KEYS; key++) {
      const ofKey = put.filter((row) => row.key === `key-${key}`);
      expect(ofKey.at(-1)?.both).toBe(sent.filter((row) => row.key === `key-${key}`).length);
    }
  },
  TIMEOUT_MS,
);

test(
  'a broadcast rule holds in every slot, after a restart, and at another parallelism',
  async () => {
    job = await deployJob('ruled', 'exactly-once', { parallelism: 2 });
    const sent = rows(0, 1200).filter(({ input }) => input === 'input');
    const part = (from: number, to: number) => sent.slice(from, to).map(payment);
    const rule = (factor: number): SentRecord => ({
      input: 'second',
      partition: factor % 2,
      value: JSON.stringify({ name: 'factor', factor }),
    });
    await job.send([rule(3)]);
    await job.consumed(1);
    await job.next('checkpoint-completed');
    await job.next('checkpoint-completed');
    const running = job.next('running');
    job.pipeline.kill('process');
    await running;
    await job.send(part(0, 300));
    await job.consumed(301);
    await job.goOnFromSavepoint({ parallelism: 3 });
    await job.send(part(300, 600));
    await job.pipeline.stop({ drain: true });
    const put = await results<{ seq: number; shop: string; count: number; due: number }>(job);
    expect(sorted(put.map(({ seq, due }) => [seq, due]))).toEqual(
      sorted(sent.map(({ seq }) => [seq, 3 * seq])),
    );
  },
  TIMEOUT_MS,
);

test(
  'an interval join gives each pair once, over kills',
  async () => {
    job = await deployJob('paired', 'exactly-once', { stateBackend: 'rocksdb', stateCacheEntries: 64 });
    // Rows of a key come in pairs 10 ms apart, so neighbours of other turns are out of reach.
    const sent = rows(0, 600);
    await sendOverKills(job, sent.map(event));
    await job.pipeline.stop({ drain: true });
    const pairs = sent.flatMap((left) =>
      left.input === 'second'
        ? []
        : sent
            .filter(({ input, key }) => input === 'second' && key === left.key)
            .filter(({ timeMs }) => timeMs >= left.timeMs - 20 && timeMs <= left.timeMs + 30)
            .map((right) => ({ key: left.key, left: left.seq, right: right.seq })),
    );
    expect(pairs.length).toBe(300);
    expect(sorted(await results(job))).toEqual(sorted(pairs));
    expect(job.pipeline.progress()).toMatchObject({ lateRecords: 0 });
  },
  TIMEOUT_MS,
);

test(
  'calls under way are made again after kills and at another parallelism: totals in order, exactly once',
  async () => {
    job = await deployJob('enriched', 'exactly-once', { parallelism: 2 });
    const sent = rows(0, 1200).filter(({ input }) => input === 'input');
    await sendOverKills(job, sent.slice(0, 400).map(payment));
    await job.goOnFromSavepoint({ parallelism: 3 });
    await job.send(sent.slice(400).map(payment));
    await job.pipeline.stop({ drain: true });
    const put = await results<{ shop: string; count: number; total: number }>(job);
    for (let key = 0; key < KEYS; key++) {
      let total = 0;
      const expected = sent
        .filter((row) => row.key === `key-${key}`)
        .map(({ seq }, index) => {
          total += 2 * seq;
          return { shop: `key-${key}`, count: index + 1, total };
        });
      expect(put.filter(({ shop }) => shop === `key-${key}`)).toEqual(expected);
    }
  },
  TIMEOUT_MS,
);

test(
  'windows behind unordered calls, with retries and stand-ins: none late, each row once, over kills',
  async () => {
    job = await deployJob('scored', 'exactly-once');
    const sent = rows(0, 800).filter(({ input }) => input === 'input');
    await sendOverKills(job, sent.map(event));
    await job.pipeline.stop({ drain: true });
    const scored = sent
      .filter(({ seq }) => seq % 7 !== 1)
      .map((row) => (row.seq % 7 === 0 ? { ...row, seq: -row.seq } : row));
    expect(sorted(await results(job))).toEqual(sorted(windowsOf(scored)));
    expect(job.pipeline.progress()).toMatchObject({ lateRecords: 0 });
  },
  TIMEOUT_MS,
);
