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
const PLACES = {
  heap: { stateBackend: 'heap' },
  cached: { stateBackend: 'rocksdb' },
  beyondCache: { stateBackend: 'rocksdb', stateCacheEntries: KEYS / SLOTS / 2 },
} as const;
type Place = keyof typeof PLACES;
const ROUNDS = 3;

/** What the place of a million keys' state costs a job: events a second through keyBy and a running sum, on heap and RocksDB. */
export const stateThroughput: FigureGroup = {
  name: 'state-throughput',
  measure: async (progress) => {
    const stretches: Record<Place, Stretch[]> = { heap: [], cached: [], beyondCache: [] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const place of ['heap', 'cached', 'beyondCache'] as const) {
        progress(`${place}, round ${round + 1} of ${ROUNDS}`);
        stretches[place].push(await measurePlace(place));
      }
    }
    const rateOf = (place: Place): number =>
      median(stretches[place].map(({ eventsPerSecond }) => eventsPerSecond));
    const [heap, cached, beyondCache] = [rateOf('heap'), rateOf('cached'), rateOf('beyondCache')];
    return [
      measuredFigure(
        {
          name: 'engine alone with 1 million keys, heap against RocksDB',
          unit: 'times the rate',
          target: { kind: 'at-most', value: 3 },
        },
        heap / cached,
        `${thousands(heap)} and ${thousands(cached)} events/s, ${SLOTS} slots, keys in no order; with a cache of half the keys ${thousands(beyondCache)}`,
      ),
    ];
  },
};

async function measurePlace(place: Place): Promise<Stretch> {
  const workingFolder = await mkdtemp(join(tmpdir(), 'crosscurrent-state-throughput-'));
  try {
    return await measureRunningSum({
      keys: KEYS,
      settings: PLACES[place],
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
