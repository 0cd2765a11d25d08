import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assembleLog, parseLog, serializeLog } from './log/index.ts';
import { recordedWorkload } from './recorded-workload.ts';

const log = assembleLog({
  workload: 'topic:orders',
  partitions: 3,
  keys: ['a', 'b\t\n'],
  records: Array.from({ length: 20 }, (_, index) => ({
    partition: index % 3,
    key: index % 2,
    value: Buffer.from(`{\n\t"index": ${index}\n}`),
    dueUs: index * index * 1_000,
  })),
});

let folder = '';
let path = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-recorded-'));
  path = join(folder, 'orders.log');
  await serializeLog(log, path);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function workloadOf(file: string) {
  return recordedWorkload({
    title: 'Orders as they came',
    log: file,
    dataflow: { module: import.meta.url, export: 'orders' },
    oracle: () => {
      throw new Error('not asked for');
    },
  });
}

const specification = { ...log.specification, workload: './orders.ts', seed: 4 };

test('plays what was recorded, with its partitions, keys and due instants', () => {
  const { defaults, generate } = workloadOf(path);
  expect(defaults).toEqual({ partitions: 3, keys: 2 });
  const { specification: played, ...content } = generate({ ...specification, events: 1_000 });
  const { specification: _, ...recorded } = log;
  expect(content).toEqual(recorded);
  expect(played).toMatchObject({ workload: './orders.ts', seed: 4 });
});

test('plays the first events where fewer are asked for, under a hash of their own', () => {
  const first = workloadOf(path).generate({ ...specification, events: 7 });
  expect(first.count).toBe(7);
  expect([...(first.dueUs ?? [])]).toEqual([0, 1, 4, 9, 16, 25, 36].map((square) => square * 1_000));
  expect(first.valueStart).toHaveLength(8);
  expect(first.sha256).not.toBe(log.sha256);
  expect(first.dueUs?.buffer).toBeInstanceOf(SharedArrayBuffer);
});

test('refuses another number of partitions than the topic had', () => {
  expect(() => workloadOf(path).generate({ ...specification, partitions: 4 })).toThrow(
    expect.objectContaining({ code: 'WORKLOAD_RECORDING_PARTITIONS' }),
  );
});

test.each([
  ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 3), 'WORKLOAD_LOG_TRUNCATED'],
  ['with a byte more', (bytes: Buffer) => Buffer.concat([bytes, Buffer.of(0)]), 'WORKLOAD_LOG_UNREADABLE'],
  ['with another value', (bytes: Buffer) => flipped(bytes, bytes.length - 4), 'WORKLOAD_LOG_HASH_MISMATCH'],
  [
    'with another due instant',
    (bytes: Buffer) => flipped(bytes, bytes.indexOf('\n') + 12),
    'WORKLOAD_LOG_HASH_MISMATCH',
  ],
])('a recording %s is refused', async (_, change, code) => {
  const changed = join(folder, 'changed.log');
  await writeFile(changed, change(await readFile(path)));
  expect(() => parseLog(changed)).toThrow(expect.objectContaining({ code }));
});

test('a workload whose recording is not there says so when it is loaded', () => {
  expect(() => workloadOf(join(folder, 'none.log'))).toThrow(
    expect.objectContaining({ code: 'WORKLOAD_LOG_UNREADABLE' }),
  );
});

function flipped(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] as number) ^ 1;
  return changed;
}
