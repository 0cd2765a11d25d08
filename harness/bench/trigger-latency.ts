import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FigureGroup, type MeasuredFigure, measuredFigure } from '../../engines/pipeline/bench/index.ts';
import type { EngineSettings } from '../../engines/pipeline/index.ts';
import { openBroker } from '../../kafka/index.ts';
import { mergeDistributions, type Result } from '../../reports/model/index.ts';
import { cellDefaults, interleave, runSession } from '../run/index.ts';

const RATE_PER_SECOND = 5_000;
/** In turn. */
const REPEATS = 2;
const INTERVAL_MS = 500;
/** The profile under which a cell's results are found again. */
const LOW_LATENCY = 'low-latency';
const BACK_TO_BACK = 'back-to-back';
const INTERVAL = 'interval';
const CELLS: Readonly<Record<string, EngineSettings>> = {
  [LOW_LATENCY]: { trigger: 'low-latency' },
  [BACK_TO_BACK]: { triggerIntervalMs: 0 },
  [INTERVAL]: { triggerIntervalMs: INTERVAL_MS },
};

/**
 * Latency of the micro-batch engine from Kafka to Kafka under its triggers: merchant-spend, at-least-once, from the instant at which a record is
 * due to the instant at which its result is read.
 */
export const triggerLatency: FigureGroup = {
  name: 'trigger-latency',
  measure: async (progress) => {
    const result = await sessions(progress);
    const low = latencyOf(result, LOW_LATENCY);
    const backToBack = latencyOf(result, BACK_TO_BACK);
    const interval = latencyOf(result, INTERVAL);
    return [
      figure(`low latency at ${RATE_PER_SECOND} events/s, p99`, low.p99, 50, spread(low)),
      figure(
        'p99 of low latency, of that with triggers of 0 ms',
        low.p99 / backToBack.p99,
        1,
        spread(backToBack),
        'times',
      ),
      figure(`triggers of ${INTERVAL_MS} ms, p50`, interval.p50, 350, spread(interval)),
    ];
  },
};

interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly codes: string;
}

function figure(name: string, value: number, most: number, detail: string, unit = 'ms'): MeasuredFigure {
  return measuredFigure({ name, unit, target: { kind: 'at-most', value: most } }, value, detail);
}

const spread = ({ p50, p99, codes }: Latency): string =>
  `p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)} ms of ${REPEATS} runs merged${codes}`;

/** Milliseconds, of the merged histograms of the runs whose outputs were right. */
function latencyOf({ cells }: Result, profile: string): Latency {
  const runs = cells.filter((cell) => cell.profile === profile).flatMap((cell) => cell.runs);
  const broken = runs.find(({ outcome }) => outcome === 'failed' || outcome === 'oracle-failed');
  if (broken !== undefined) throw new Error(`A run with ${profile} is ${broken.outcome}`);
  const latencies = runs.flatMap((run) =>
    run.kind === 'latency' && run.figures ? [run.figures.latency] : [],
  );
  const { p50, p99 } = mergeDistributions(latencies);
  const codes = runs.flatMap(({ remarks }) =>
    remarks.filter(({ level }) => level === 'invalid').map(({ code }) => code),
  );
  return {
    p50: (p50 ?? Number.NaN) / 1_000,
    p99: (p99 ?? Number.NaN) / 1_000,
    codes: codes.length === 0 ? '' : `; not publishable: ${[...new Set(codes)].join(', ')}`,
  };
}

async function sessions(progress: (text: string) => void): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-trigger-latency-'));
  const broker = await openBroker({ choice: 'embedded' });
  try {
    const cell = await cellDefaults('merchant-spend', 'micro-batch', 1);
    const cells = Object.entries(CELLS).map(([profile, settings]) => ({
      ...cell,
      profile,
      settings,
      measures: ['latency'] as const,
      ratePerSecond: RATE_PER_SECOND,
    }));
    return await runSession({
      runs: interleave(cells, REPEATS),
      broker,
      seed: 1,
      command: [],
      outputFolder: folder,
      warmUp: true,
      attempts: 1,
      signal: new AbortController().signal,
      progress,
    });
  } finally {
    await broker.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
