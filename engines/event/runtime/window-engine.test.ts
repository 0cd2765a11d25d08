import { afterEach, expect, test } from 'vitest';
import { type DeployedJob, deployJob, INPUT_PARTITIONS } from './testing/deployed-job.ts';
import { SESSION_GAP_MS, SLIDING } from './testing/window-dataflows.ts';

const TIMEOUT_MS = 120_000;
const REGIONS = 3;
const COUNT = 400;

let job: DeployedJob | undefined;
afterEach(async () => {
  await job?.end();
  job = undefined;
});

interface Sale {
  readonly region: string;
  readonly amount: number;
  readonly timeMs: number;
}

/** A sale each 10 ms of event time, a pause of half a second after each 50. */
const SALES: readonly Sale[] = Array.from({ length: COUNT }, (_, seq) => ({
  region: `region-${seq % REGIONS}`,
  amount: seq,
  timeMs: 10 * seq + 500 * Math.floor(seq / 50),
}));

function records(sales: readonly Sale[]) {
  return sales.map((sale, index) => ({ partition: index % INPUT_PARTITIONS, value: JSON.stringify(sale) }));
}

/** The results of one run over all sales, sorted; with a kill in the middle the state is on RocksDB. */
async function resultsOf(dataflow: string, kill: 'slot' | 'none' = 'none'): Promise<readonly unknown[]> {
  const stateBackend = kill === 'slot' ? 'rocksdb' : 'heap';
  job = await deployJob(dataflow, 'exactly-once', { stateBackend, stateCacheEntries: 2 });
  await job.send(records(SALES.slice(0, COUNT / 2)));
  if (kill === 'slot') {
    await job.next('checkpoint-completed');
    await job.consumed(COUNT / 2);
    const running = job.next('running');
    job.pipeline.kill('slot');
    await running;
  }
  await job.send(records(SALES.slice(COUNT / 2)));
  await job.pipeline.stop({ drain: true });
  expect(job.pipeline.progress()).toMatchObject({ lateRecords: 0, deadLetters: 0 });
  return parsed(await job.values('output'));
}

function parsed(values: readonly string[][]): readonly unknown[] {
  return values
    .flat()
    .sort()
    .map((value) => JSON.parse(value) as unknown);
}

function sorted(rows: readonly object[]): readonly object[] {
  return rows
    .map((row) => JSON.stringify(row))
    .sort()
    .map((value) => JSON.parse(value) as object);
}

const salesOf = (region: number) => SALES.filter((sale) => sale.region === `region-${region}`);
const regions = Array.from({ length: REGIONS }, (_, region) => region);

test(
  'sliding windows: each that has a row, once, over a slot that fails',
  async () => {
    const expected = regions.flatMap((region) => {
      const rows = [];
      for (
        let windowStartMs = SLIDING.offsetMs - 1200;
        windowStartMs < 10_000;
        windowStartMs += SLIDING.slideMs
      ) {
        const windowEndMs = windowStartMs + SLIDING.sizeMs;
        const amounts = salesOf(region)
          .filter(({ timeMs }) => timeMs >= windowStartMs && timeMs < windowEndMs)
          .map(({ amount }) => amount);
        if (amounts.length === 0) continue;
        const total = amounts.reduce((sum, amount) => sum + amount);
        const result = { count: amounts.length, total, most: Math.max(...amounts) };
        rows.push({ region: `region-${region}`, windowStartMs, windowEndMs, ...result });
      }
      return rows;
    });
    expect(await resultsOf('sliding', 'slot')).toEqual(sorted(expected));
  },
  TIMEOUT_MS,
);

test(
  'sessions with an aggregate of the user: one for each run of sales, over a slot that fails',
  async () => {
    const expected = regions.flatMap((region) => {
      const sessions: Sale[][] = [];
      for (const sale of salesOf(region)) {
        const last = sessions.at(-1)?.at(-1);
        if (last !== undefined && sale.timeMs <= last.timeMs + SESSION_GAP_MS) sessions.at(-1)?.push(sale);
        else sessions.push([sale]);
      }
      return sessions.map((sales) => ({
        region: `region-${region}`,
        windowStartMs: sales[0]?.timeMs,
        windowEndMs: (sales.at(-1)?.timeMs ?? 0) + SESSION_GAP_MS,
        amounts: sales.map(({ amount }) => amount).join(' '),
      }));
    });
    expect(expected).toHaveLength(REGIONS * 8);
    expect(await resultsOf('session', 'slot')).toEqual(sorted(expected));
  },
  TIMEOUT_MS,
);

test(
  'a count trigger on the global window: every ten rows the count so far',
  async () => {
    const expected = regions.flatMap((region) =>
      Array.from({ length: Math.floor(salesOf(region).length / 10) }, (_, fired) => ({
        region: `region-${region}`,
        count: 10 * (fired + 1),
      })),
    );
    expect(await resultsOf('everyTen')).toEqual(sorted(expected));
  },
  TIMEOUT_MS,
);

test(
  'a trigger of the user, which purges: every third row a count of three',
  async () => {
    const expected = regions.flatMap((region) =>
      Array.from({ length: Math.floor(salesOf(region).length / 3) }, () => ({
        region: `region-${region}`,
        count: 3,
      })),
    );
    expect(await resultsOf('everyThird')).toEqual(sorted(expected));
  },
  TIMEOUT_MS,
);

test(
  'a function over the rows of a window',
  async () => {
    const expected = regions.flatMap((region) => {
      const counts = new Map<number, number>();
      for (const { timeMs } of salesOf(region)) {
        const startMs = timeMs - (timeMs % 1000);
        counts.set(startMs, (counts.get(startMs) ?? 0) + 1);
      }
      return [...counts].flatMap(([startMs, value]) => [
        { region: `region-${region}`, what: `sales from ${startMs}`, value },
        { region: `region-${region}`, what: 'ms', value: 1000 },
      ]);
    });
    expect(await resultsOf('perWindow')).toEqual(sorted(expected));
  },
  TIMEOUT_MS,
);

/** All partitions get one, so that none holds the watermark back. */
function everywhere(timeMs: number) {
  return Array.from({ length: INPUT_PARTITIONS }, (_, partition) => ({
    partition,
    value: JSON.stringify({ region: 'north', amount: 1, timeMs }),
  }));
}

test(
  'allowed lateness: a late row fires its window again, a later one goes to the late output',
  async () => {
    job = await deployJob('lateness', 'exactly-once');
    const { pipeline, send } = job;
    const passed = async (watermarkMs: number) => {
      while ((pipeline.progress().watermarkMs ?? 0) < watermarkMs) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    const late = { region: 'north', amount: 2, timeMs: 700 };
    await send(everywhere(500));
    await send(everywhere(2000));
    await passed(1000);
    await send([{ partition: 0, value: JSON.stringify(late) }]);
    await job.consumed(9);
    await send(everywhere(7000));
    await passed(6000);
    await send([{ partition: 0, value: JSON.stringify(late) }]);
    await pipeline.stop({ drain: true });
    expect(parsed(await job.values('output'))).toEqual([
      { region: 'north', windowStartMs: 0, windowEndMs: 1000, count: 4 },
      { region: 'north', windowStartMs: 0, windowEndMs: 1000, count: 5 },
      { region: 'north', windowStartMs: 2000, windowEndMs: 3000, count: 4 },
      { region: 'north', windowStartMs: 7000, windowEndMs: 8000, count: 4 },
    ]);
    expect(parsed(await job.values('late'))).toEqual([late]);
    expect(pipeline.progress()).toMatchObject({ lateRecords: 1 });
  },
  TIMEOUT_MS,
);

test.each(['heap', 'rocksdb'] as const)(
  "%s: windows of the engine's clock close without further rows, and have each row once",
  async (stateBackend) => {
    job = await deployJob('byTheClock', 'exactly-once', { stateBackend, stateCacheEntries: 2 });
    await job.send(records(SALES));
    let results: readonly { readonly count: number; readonly windowEndMs: number }[] = [];
    while (results.reduce((rows, { count }) => rows + count, 0) < COUNT) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      results = parsed(await job.values('output')) as typeof results;
    }
    expect(results.reduce((rows, { count }) => rows + count, 0)).toBe(COUNT);
    expect(results.every(({ windowEndMs }) => windowEndMs % 50 === 0)).toBe(true);
    await job.pipeline.stop({ drain: false });
  },
  TIMEOUT_MS,
);
