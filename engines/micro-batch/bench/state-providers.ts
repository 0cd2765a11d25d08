import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FigureGroup, type MeasuredFigure, measuredFigure } from '../../pipeline/bench/index.ts';
import { systemClock } from '../../pipeline/process/index.ts';
import { openDiskFileStore } from '../log/index.ts';
import { microBatchSettings } from '../settings/index.ts';
import {
  openStateProvider,
  type StateStoreFactory,
  type StateStoreProvider,
  type ValueCodec,
} from '../state/index.ts';

const KEYS = 1_000_000;
/** Of a batch, 1 % of the keys. */
const TOUCHED = 10_000;
const BATCHES = 11;
const WARM_UP_BATCHES = 4;
const FILL_BATCH_KEYS = 100_000;

const nowMs = (): number => Number(systemClock.monotonicNs()) / 1e6;

type Counters = readonly number[];

const codec: ValueCodec<Counters> = {
  encode: (values) => JSON.stringify(values),
  decode: (text) => JSON.parse(text) as number[],
};

interface Setting {
  readonly stateProvider: 'memory' | 'rocksdb' | 'redis';
  readonly redisCrossings?: 'pipelined' | 'each-key';
}

const open = async (setting: Setting, stateFolder: string): Promise<StateStoreFactory> => {
  const settings = microBatchSettings.parse({ ...setting });
  const openStores = await openStateProvider({ ...settings, stateFolder, newToken: randomUUID });
  return openStores(await openDiskFileStore(stateFolder));
};

const storeOf = (factory: StateStoreFactory): StateStoreProvider<Counters> =>
  factory.create({ operator: 0, partition: 0, name: 'default' }, codec);

interface BatchTimes {
  /** From the load to the end of the commit. */
  readonly batchMs: number;
  readonly commitMs: number;
  readonly maintainMs: number;
}

/** A batch as an aggregate runs it: reads keys, adds to each, commits. */
async function runBatch(
  provider: StateStoreProvider<Counters>,
  version: number,
  keys: readonly string[],
): Promise<BatchTimes> {
  const startMs = nowMs();
  const store = await provider.load(version);
  const before = await store.getMany(keys);
  for (const [index, key] of keys.entries()) {
    const [count = 0, total = 0] = before[index] ?? [];
    store.put(key, [count + 1, total + 37]);
  }
  const commitStartMs = nowMs();
  await store.commit();
  const endMs = nowMs();
  await provider.maintain(Math.max(0, version - 19));
  return {
    batchMs: endMs - startMs,
    commitMs: endMs - commitStartMs,
    maintainMs: nowMs() - endMs,
  };
}

/** Different keys all over the state: a stride without a common divisor. */
const someKeys = (batch: number, touched: number, of: number): string[] =>
  Array.from({ length: touched }, (_, index) => `account-${((batch * touched + index) * 7919) % of}`);

/** Changes each key once. @returns how many batches it took */
async function fill(provider: StateStoreProvider<Counters>, keys: number, version = 0): Promise<number> {
  const batchKeys = Math.min(keys, FILL_BATCH_KEYS);
  const batches = keys / batchKeys;
  for (let batch = 0; batch < batches; batch++) {
    const filled = Array.from({ length: batchKeys }, (_, index) => `account-${batch * batchKeys + index}`);
    await runBatch(provider, version + batch, filled);
  }
  return batches;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] as number;

interface Measured extends BatchTimes {
  /** The same of keys that nobody asked for since the start. */
  readonly coldBatchMs: number;
  readonly longestMaintainMs: number;
  /** From nothing open to the first key read. */
  readonly restartMs: number;
}

/** Fills a state once, then opens it with each of the settings and runs batches on it. */
async function measure(settings: readonly Setting[], keys: number, touched: number): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'state-bench-'));
  try {
    const filling = await open(settings[0] as Setting, folder);
    let version = await fill(storeOf(filling), keys);
    await filling.close();
    const measured: Measured[] = [];
    for (const setting of settings) {
      const startMs = nowMs();
      const factory = await open(setting, folder);
      const provider = storeOf(factory);
      const store = await provider.load(version);
      await store.getMany(['account-1']);
      const restartMs = nowMs() - startMs;
      store.abort();
      if (store.size !== keys) throw new Error(`${store.size} keys came back instead of ${keys}`);
      const runBatches = async (): Promise<BatchTimes[]> => {
        const times: BatchTimes[] = [];
        for (let batch = 0; batch < WARM_UP_BATCHES + BATCHES; batch++) {
          times.push(await runBatch(provider, version, someKeys(batch, touched, keys)));
          version++;
        }
        return times.slice(WARM_UP_BATCHES);
      };
      const cold = await runBatches();
      // The only one with a cache: the others are as fast from the first batch on.
      const hasCache = setting.stateProvider === 'rocksdb';
      if (hasCache) version += await fill(provider, keys, version);
      const warm = hasCache ? await runBatches() : cold;
      await factory.close();
      const times = [...cold, ...warm];
      measured.push({
        coldBatchMs: median(cold.map(({ batchMs }) => batchMs)),
        batchMs: median(warm.map(({ batchMs }) => batchMs)),
        commitMs: median(warm.map(({ commitMs }) => commitMs)),
        maintainMs: median(warm.map(({ maintainMs }) => maintainMs)),
        longestMaintainMs: Math.max(...times.map(({ maintainMs }) => maintainMs)),
        restartMs,
      });
    }
    return measured;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

/** State of a million keys: what a batch that touches 1 % of them costs in each provider. */
export const stateProviders: FigureGroup = {
  name: 'state-providers',
  measure: async (progress): Promise<readonly MeasuredFigure[]> => {
    const measured = async (title: string, settings: readonly Setting[], keys = KEYS, touched = TOUCHED) => {
      progress(title);
      return (await measure(settings, keys, touched)) as [Measured, ...Measured[]];
    };
    const inMemory: readonly Setting[] = [{ stateProvider: 'memory' }];
    const [memory] = await measured('memory', inMemory);
    const [small] = await measured('memory, a tenth of the keys', inMemory, KEYS / 10);
    const [more] = await measured('memory, ten times touched', inMemory, KEYS, TOUCHED * 10);
    const [rocksdb] = await measured('RocksDB', [{ stateProvider: 'rocksdb' }]);
    const [pipelined, eachKey = pipelined] = await measured('Redis, in both modes', [
      { stateProvider: 'redis', redisCrossings: 'pipelined' },
      { stateProvider: 'redis', redisCrossings: 'each-key' },
    ]);
    const batch = (name: string, { batchMs, coldBatchMs, commitMs, restartMs }: Measured) => {
      const cold = coldBatchMs === batchMs ? '' : `, ${ms(coldBatchMs)} of keys new since the start`;
      return `${name} ${ms(batchMs)} a batch (commit ${ms(commitMs)})${cold}, restart ${ms(restartMs)}`;
    };
    return [
      measuredFigure(
        {
          name: 'memory state, commit of 10,000 keys in 1,000,000 against in 100,000',
          unit: 'times',
          target: { kind: 'at-most', value: 2 },
        },
        memory.commitMs / small.commitMs,
        `${ms(memory.commitMs)} and ${ms(small.commitMs)}; of 100,000 keys ${ms(more.commitMs)}; longest maintenance ${ms(memory.longestMaintainMs)}`,
      ),
      measuredFigure(
        {
          name: 'memory state, restart with 1,000,000 keys',
          unit: 's',
          target: { kind: 'at-most', value: 3 },
        },
        memory.restartMs / 1000,
        'from nothing open to the first key read',
      ),
      measuredFigure(
        {
          name: 'RocksDB against memory, batch of 10,000 keys in 1,000,000',
          unit: 'times',
          target: { kind: 'at-most', value: 3 },
        },
        rocksdb.batchMs / memory.batchMs,
        [
          batch('memory', memory),
          batch('RocksDB', rocksdb),
          batch('Redis pipelined', pipelined),
          batch('Redis each key', eachKey),
        ].join('; '),
      ),
    ];
  },
};
