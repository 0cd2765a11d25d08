import { setTimeout as sleep } from 'node:timers/promises';
import { type FigureGroup, measuredFigure } from '../../pipeline/bench/index.ts';
import { fusedChainCpuUs } from '../runtime/bench/index.ts';
import { measureRunningSum, median, SLOTS, type Stretch, thousands } from './running-sum.ts';

const CHAINED_OPERATORS = 3;
/** As many as merchant-spend has by default. */
const KEYS = 1_000;
const WARM_UP_MS = 1_500;
const MEASURED_MS = 1_500;
const ROUNDS = 3;
const CHAIN_ROUNDS = 7;

/** The engine without Kafka, decoding and encoding: rows through keyBy and a running sum, half of them over the rings to the other slot. */
export const engineAlone: FigureGroup = {
  name: 'engine-alone',
  measure: async (progress) => {
    const stretches: Stretch[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      progress(`round ${round + 1} of ${ROUNDS}`);
      stretches.push(await measureStretch());
    }
    const rates = stretches.map(({ eventsPerSecond }) => eventsPerSecond);
    // What else runs on the machine only adds to CPU time.
    const cpuUs = Math.min(...stretches.map(({ cpuUsPerEvent }) => cpuUsPerEvent));
    return [
      measuredFigure(
        {
          name: 'engine alone, keyBy and running sum, two slots',
          unit: 'events/s',
          target: { kind: 'at-least', value: 1_500_000 },
        },
        median(rates),
        `${rates.map(thousands).join(', ')}; CPU ${cpuUs.toFixed(3)} us/event at least, which on ${SLOTS} whole cores is ${thousands((SLOTS * 1e6) / cpuUs)} events/s`,
      ),
    ];
  },
};

/** Rows through the source's fused chain, and rows through none, in turns. */
export const fusedChain: FigureGroup = {
  name: 'fused-chain',
  measure: async () => {
    const plainUs: number[] = [];
    const chainedUs: number[] = [];
    for (let round = 0; round < CHAIN_ROUNDS; round++) {
      plainUs.push(fusedChainCpuUs(0));
      chainedUs.push(fusedChainCpuUs(CHAINED_OPERATORS));
    }
    const [plain, chained] = [Math.min(...plainUs), Math.min(...chainedUs)];
    return [
      measuredFigure(
        {
          name: `chain of ${CHAINED_OPERATORS} fused stateless operators adds`,
          unit: 'us of CPU an event',
          target: { kind: 'at-most', value: 0.1 },
        },
        chained - plain,
        `map, filter, map, each map with a new row; least of ${CHAIN_ROUNDS} rounds: ${chained.toFixed(3)} us with it, ${plain.toFixed(3)} us without`,
      ),
    ];
  },
};

async function measureStretch(): Promise<Stretch> {
  return await measureRunningSum({
    keys: KEYS,
    settings: {},
    measuredMs: MEASURED_MS,
    warmUp: () => sleep(WARM_UP_MS),
  });
}
