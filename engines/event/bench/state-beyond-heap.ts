import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { openRocksDbBackend } from '../state/index.ts';
import { accountKey, CounterState, randomIndexes, timeMs } from './counter-state.ts';

/**
 * State larger than the heap: `node --max-old-space-size=512 engines/event/bench/state-beyond-heap.ts [KEYS]`, 10 million keys without a
 * number, of which the cache holds a twentieth. Fills RocksDB, changes a tenth of the keys at random, writes a snapshot, restores it and looks up some keys. Exit code 1 when one
 * is wrong.
 */
const keys = Number(process.argv[2] ?? 10_000_000);
const maxParallelism = 128;
const keyGroups = { first: 0, last: maxParallelism - 1 };
const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-beyond-heap-'));
const open = async (name: string): Promise<CounterState> =>
  new CounterState(
    await openRocksDbBackend({
      maxParallelism,
      keyGroups,
      folder: join(folder, name),
      cacheEntries: keys / 20,
      trackChanges: true,
    }),
  );

let peakHeapBytes = 0;
const watch = setInterval(() => {
  peakHeapBytes = Math.max(peakHeapBytes, process.memoryUsage().heapUsed);
}, 100);

async function step(name: string, work: () => Promise<unknown>): Promise<void> {
  const seconds = (await timeMs(work)) / 1000;
  const { rss } = process.memoryUsage();
  process.stdout.write(`${name}: ${seconds.toFixed(1)} s, resident ${(rss / 2 ** 20).toFixed(0)} MiB\n`);
}

try {
  const limitMb = getHeapStatistics().heap_size_limit / 2 ** 20;
  process.stdout.write(`${keys} keys, heap limit ${limitMb.toFixed(0)} MiB\n`);
  const state = await open('working');
  await step('filled', () => state.add(keys, accountKey));
  const next = randomIndexes(keys, 42);
  await step('a tenth changed at random', () => state.add(keys / 10, () => accountKey(next())));
  const file = join(folder, 'snapshot');
  await step('snapshot', () => state.backend.snapshot('full').write(file));
  process.stdout.write(`snapshot file: ${((await stat(file)).size / 2 ** 20).toFixed(0)} MiB\n`);
  await state.backend.close();
  const restored = await open('restored');
  await step('restored', () => restored.backend.restore([file]));

  const changes = randomIndexes(keys, 42);
  const expected = new Map<number, number>();
  const looked = new Set(Array.from({ length: 1000 }, (_, index) => Math.floor((index * keys) / 1000)));
  for (let index = 0; index < keys / 10; index++) {
    const changed = changes();
    if (looked.has(changed)) expected.set(changed, (expected.get(changed) ?? 0) + 1);
  }
  let wrong = 0;
  for (const index of looked) {
    if ((await restored.read(accountKey(index))) !== 1 + (expected.get(index) ?? 0)) wrong++;
  }
  await restored.backend.close();
  process.stdout.write(`${looked.size} keys looked up, ${wrong} wrong\n`);
  process.stdout.write(`largest heap: ${(peakHeapBytes / 2 ** 20).toFixed(0)} MiB\n`);
  process.exitCode = wrong === 0 ? 0 : 1;
} finally {
  clearInterval(watch);
  await rm(folder, { recursive: true, force: true });
}
