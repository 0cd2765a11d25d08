import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FigureGroup, type MeasuredFigure, measuredFigure } from '../../pipeline/bench/index.ts';
import { systemClock } from '../../pipeline/process/index.ts';
import { createHeapBackend, openRocksDbBackend, type StateBackend } from '../state/index.ts';
import { accountKey, CounterState, randomIndexes, timeMs } from './counter-state.ts';

const KEYS = 1_000_000;
const TOUCHED = KEYS / 100;
const UPDATES = 500_000;
const MAX_PARALLELISM = 128;
const ALL = { first: 0, last: MAX_PARALLELISM - 1 };
/** The engine's default. */
const CACHE_ENTRIES = 1_000_000;
/** What one of two slots has of a million. */
const SLOT_KEYS = KEYS / 2;

type OpenBackend = (folder: string) => Promise<StateBackend>;

const BACKENDS: readonly (readonly [name: string, OpenBackend])[] = [
  ['heap', async () => createHeapBackend(MAX_PARALLELISM, ALL, { trackChanges: true })],
  [
    'RocksDB',
    (folder) =>
      openRocksDbBackend({
        maxParallelism: MAX_PARALLELISM,
        keyGroups: ALL,
        folder,
        cacheEntries: CACHE_ENTRIES,
        trackChanges: true,
      }),
  ],
];

interface BackendTimes {
  readonly updateNs: number;
  readonly synchronousMs: number;
  readonly writeMs: number;
  readonly changesShare: number;
  readonly restoreMs: number;
}

/** Both backends with a million keys: updates at random, snapshots in full and of what 1 % of the keys changed, restores. */
export const stateBackends: FigureGroup = {
  name: 'state',
  measure: async (progress) => {
    const times = new Map<string, BackendTimes>();
    const figures: MeasuredFigure[] = [];
    for (const [name, open] of BACKENDS) {
      const measured = await measureBackend(open, (text) => progress(`${name}, ${text}`));
      times.set(name, measured);
      figures.push(...figuresOf(name, measured));
    }
    const heapNs = times.get('heap')?.updateNs ?? 0;
    const rocksDbNs = times.get('RocksDB')?.updateNs ?? 0;
    figures.push(
      measuredFigure(
        {
          name: 'an update in RocksDB against one on the heap, 1 million keys in two slots',
          unit: 'times',
          target: { kind: 'at-most', value: 3 },
        },
        rocksDbNs / heapNs,
        `${rocksDbNs.toFixed(0)} ns and ${heapNs.toFixed(0)} ns, keys at random, cache of ${CACHE_ENTRIES}`,
      ),
    );
    return figures;
  },
};

async function measureBackend(open: OpenBackend, progress: (text: string) => void): Promise<BackendTimes> {
  const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-state-bench-'));
  const files = ['full', 'changes'].map((name) => join(folder, name));
  try {
    // one after the other, each with what the one before held given free: a restart has a heap of its own
    progress('updating');
    const updateNs = await measureUpdates(await open(join(folder, 'slot')));
    progress('writing snapshots');
    const written = await measureSnapshots(await open(join(folder, 'working')), files);
    progress('restoring');
    const restoreMs = await measureRestore(await open(join(folder, 'restored')), files);
    return { updateNs, ...written, restoreMs };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureUpdates(backend: StateBackend): Promise<number> {
  const slot = new CounterState(backend);
  await slot.add(SLOT_KEYS, accountKey);
  const next = randomIndexes(SLOT_KEYS, 42);
  await slot.add(UPDATES, () => accountKey(next()));
  const updatesMs = await timeMs(() => slot.add(UPDATES, () => accountKey(next())));
  await backend.close();
  return (updatesMs * 1e6) / UPDATES;
}

async function measureSnapshots(
  backend: StateBackend,
  [fullFile, changesFile]: readonly string[],
): Promise<Pick<BackendTimes, 'synchronousMs' | 'writeMs' | 'changesShare'>> {
  const state = new CounterState(backend);
  await state.add(KEYS, accountKey);
  const synchronousMs = await medianSynchronousMs(state);
  const handle = backend.snapshot('full');
  let bytes = 0;
  const writeMs = await timeMs(async () => {
    bytes = (await handle.write(fullFile as string)).bytes;
  });
  await state.add(TOUCHED, (index) => accountKey(index * 100));
  const changes = await backend.snapshot('changes').write(changesFile as string);
  await backend.close();
  return { synchronousMs, writeMs, changesShare: changes.bytes / bytes };
}

async function measureRestore(backend: StateBackend, files: readonly string[]): Promise<number> {
  const restored = new CounterState(backend);
  const restoreMs = await timeMs(() => backend.restore(files));
  if ((await restored.read(accountKey(0))) === undefined) throw new Error('The restored state lacks a key');
  await backend.close();
  return restoreMs;
}

/** Of five snapshots, each with changes before it; four are given up. */
async function medianSynchronousMs(state: CounterState): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    await state.add(TOUCHED, (index) => accountKey(index * 100 + round));
    const beganAtNs = systemClock.monotonicNs();
    const handle = state.backend.snapshot('full');
    times.push(Number(systemClock.monotonicNs() - beganAtNs) / 1e6);
    await handle.release();
  }
  return times.sort((a, b) => a - b)[2] as number;
}

function figuresOf(backend: string, times: BackendTimes): MeasuredFigure[] {
  return [
    measuredFigure(
      {
        name: `${backend}: synchronous part of a snapshot of 1 million keys`,
        unit: 'ms',
        target: { kind: 'at-most', value: 5 },
      },
      times.synchronousMs,
      `the middle one of five; a file took ${times.writeMs.toFixed(0)} ms beside it`,
    ),
    measuredFigure(
      {
        name: `${backend}: incremental snapshot after 1 % of 1 million keys changed`,
        unit: '% of the full one',
        target: { kind: 'at-most', value: 5 },
      },
      100 * times.changesShare,
      'bytes of the files',
    ),
    measuredFigure(
      {
        name: `${backend}: restore of 1 million keys`,
        unit: 'ms',
        target: { kind: 'at-most', value: 2000 },
      },
      times.restoreMs,
      'a full file and one of changes',
    ),
  ];
}
