import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineSettings } from '../../pipeline/index.ts';
import { SlotGroup, type SlotLook } from '../runtime/bench/index.ts';

export const SLOTS = 2;

/** What two slots did between two looks. */
export interface Stretch {
  readonly eventsPerSecond: number;
  /** CPU time of the slots' threads. */
  readonly cpuUsPerEvent: number;
}

export interface RunningSumOptions {
  readonly keys: number;
  readonly settings: EngineSettings;
  readonly measuredMs: number;
  /** Before the clock starts; given what all slots have put out so far. */
  readonly warmUp: (results: () => Promise<number>) => Promise<void>;
  readonly workingFolder?: string;
}

/** Decoded rows through keyBy and a running sum over two slots, for a while. */
export async function measureRunningSum(options: RunningSumOptions): Promise<Stretch> {
  const { keys, settings, measuredMs, warmUp, workingFolder = '' } = options;
  const group = await SlotGroup.open({
    dataflow: 'runningSum',
    options: { chained: 0 },
    settings: { parallelism: SLOTS, ...settings },
    work: { kind: 'decoded', keys },
    workingFolder,
  });
  try {
    group.start();
    await warmUp(async () => (await group.look()).reduce((total, { results }) => total + results, 0));
    const before = await group.look();
    await sleep(measuredMs);
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

/** Of an odd number of values. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}

export function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
