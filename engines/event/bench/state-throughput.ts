import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FigureGroup, measuredFigure } from '../../pipeline/bench/index.ts';
import { measureRunningSum, median, SLOTS, type Stretch, thousands } from './running-sum.ts';

const KEYS = 1_000_000;
/** By then each key has come, and those that came first once more. */
const WARM_RESULTS = 1.5 * KEYS;
const MEASURED_MS = 3_000;
const BACKENDS = ['heap', 'rocksdb'] as const;
const ROUNDS = 3;

/** What the place of a million keys' state costs a job: events a second through keyBy and a running sum, on both backends. */
export const stateThroughput: FigureGroup = {
  name: 'state-throughput',
  measure: async (progress) => {
    const stretches: Record<(typeof BACKENDS)[number], Stretch[]> = { heap: [], rocksdb: [] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const stateBackend of BACKENDS) {
        progress(`${stateBackend}, round ${round + 1} of ${ROUNDS}`);
        stretches[stateBackend].push(await measureBackend(stateBackend));
      }
    }
    const rateOf = (measured: readonly Stretch[]): number =>
      median(measured.map(({ eventsPerSecond }) => eventsPerSecond));
    const [heap, rocksDb] = [rateOf(stretches.heap), rateOf(stretches.rocksdb)];
    return [
      measuredFigure(
        {
          name: 'engine alone with 1 million keys, heap against RocksDB',
          unit: 'times the rate',
          target: { kind: 'at-most', value: 3 },
        },
        heap / rocksDb,
        `${thousands(heap)} and ${thousands(rocksDb)} events/s, ${SLOTS} slots, keys in no order`,
      ),
    ];
  },
};

async function measureBackend(stateBackend: string): Promise<Stretch> {
  const workingFolder = await mkdtemp(join(tmpdir(), 'crosscurrent-state-throughput-'));
  try {
    return await measureRunningSum({
      keys: KEYS,
      settings: { stateBackend },
      measuredMs: MEASURED_MS,
      workingFolder,
      warmUp: async (results) => {
        while ((await results()) < WARM_RESULTS) await sleep(200);
      },
    });
  } finally {
    await rm(workingFolder, { recursive: true, force: true });
  }
}
