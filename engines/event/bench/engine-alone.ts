import { setTimeout as sleep } from 'node:timers/promises';
import { type FigureGroup, measuredFigure } from '../../pipeline/bench/index.ts';
import { SlotGroup, type SlotLook } from '../runtime/bench/index.ts';

const SLOTS = 2;
const CHAINED_OPERATORS = 3;
const WARM_UP_MS = 1_500;
const MEASURED_MS = 1_500;
const ROUNDS = 3;

/** What two slots did between two looks. */
interface Stretch {
  readonly eventsPerSecond: number;
  /** CPU time of the slots' threads. */
  readonly cpuUsPerEvent: number;
}

/**
 * The engine without Kafka, decoding and encoding: rows through keyBy and a running sum, half of them over the rings to the other slot;
 * and the same with a chain of stateless operators before the keyBy.
 */
export const engineAlone: FigureGroup = {
  name: 'engine-alone',
  measure: async (progress) => {
    const plain: Stretch[] = [];
    const chained: Stretch[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      progress(`round ${round + 1} of ${ROUNDS}`);
      // A B, then B A: a drift of the machine hits both alike.
      const sides = [
        async () => plain.push(await stretchOf(0)),
        async () => chained.push(await stretchOf(CHAINED_OPERATORS)),
      ];
      for (const side of round % 2 === 0 ? sides : sides.toReversed()) await side();
    }
    const eventsPerSecond = median(plain.map((each) => each.eventsPerSecond));
    const plainUs = leastCpuUs(plain);
    const chainedUs = leastCpuUs(chained);
    const onWholeCores = (SLOTS * 1e6) / plainUs;
    return [
      measuredFigure(
        {
          name: 'engine alone, keyBy and running sum, two slots',
          unit: 'events/s',
          target: { kind: 'at-least', value: 1_500_000 },
        },
        eventsPerSecond,
        `${plain.map((each) => Math.round(each.eventsPerSecond).toLocaleString('en-US')).join(', ')}; CPU ${plainUs.toFixed(3)} us/event, which on ${SLOTS} whole cores is ${Math.round(onWholeCores).toLocaleString('en-US')} events/s`,
      ),
      measuredFigure(
        {
          name: `chain of ${CHAINED_OPERATORS} fused stateless operators adds`,
          unit: 'us CPU/event',
          target: { kind: 'at-most', value: 0.1 },
        },
        chainedUs - plainUs,
        `${chainedUs.toFixed(3)} us with it, ${plainUs.toFixed(3)} us without`,
      ),
    ];
  },
};

async function stretchOf(chained: number): Promise<Stretch> {
  const group = await SlotGroup.open({
    dataflow: 'runningSum',
    options: { chained },
    settings: { parallelism: SLOTS },
    work: { kind: 'decoded' },
  });
  try {
    group.start();
    await sleep(WARM_UP_MS);
    const before = await group.look();
    await sleep(MEASURED_MS);
    return stretchBetween(before, await group.look());
  } finally {
    await group.stop();
  }
}

function stretchBetween(before: readonly SlotLook[], after: readonly SlotLook[]): Stretch {
  let eventsPerSecond = 0;
  let events = 0;
  let cpuUs = 0;
  after.forEach((look, slot) => {
    const from = before[slot] as SlotLook;
    const count = look.results - from.results;
    events += count;
    eventsPerSecond += (count * 1e9) / Number(look.atNs - from.atNs);
    cpuUs += look.cpuUs - from.cpuUs;
  });
  return { eventsPerSecond, cpuUsPerEvent: cpuUs / events };
}

/** What else runs on the machine only adds to it. */
function leastCpuUs(stretches: readonly Stretch[]): number {
  return Math.min(...stretches.map((each) => each.cpuUsPerEvent));
}

/** Of an odd number of values. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}
