import type { Cell, Result, Run } from '../model/index.ts';
import type { SeededLatency } from '../testing/index.ts';

const VARIANTS = ['1000', '5000', '20000'];
const NOISE = 0.03;

/**
 * One result of a side: each of the given cells three times over, at another rate each (24 of eight), with one run of each kind, whose
 * figures are the given ones with 3 % of noise. Histograms and time series stay whole, so the file is of a real one's size.
 */
export function noisyResult(result: Result, random: SeededLatency, createdAt: string): Result {
  const cells = VARIANTS.flatMap((rate) =>
    result.cells.map((cell): Cell => {
      const runs = cell.runs.map((run, i) => noisyRun(run, random, `${run.runId}-${rate}-${i}-${createdAt}`));
      return { ...cell, variables: { rate }, runs };
    }),
  );
  return { ...result, createdAt, tool: { ...result.tool, gitDirty: false }, cells };
}

function noisyRun(given: Run, random: SeededLatency, runId: string): Run {
  const factor = random.latencyUs(1e9, NOISE) / 1e9;
  const times = (value: number | null) => value && value * factor;
  const run = { ...given, runId };
  if (run.figures === null) return run;
  switch (run.kind) {
    case 'latency': {
      const { latency } = run.figures;
      const scaled = { p50: times(latency.p50), p99: times(latency.p99), p999: times(latency.p999) };
      return { ...run, figures: { ...run.figures, latency: { ...latency, ...scaled } } };
    }
    case 'drain': {
      const { eventsPerSecond, coldEventsPerSecond } = run.figures;
      const scaled = {
        eventsPerSecond: eventsPerSecond * factor,
        coldEventsPerSecond: coldEventsPerSecond * factor,
      };
      return { ...run, figures: { ...run.figures, ...scaled } };
    }
    case 'recovery': {
      const kills = run.figures.kills.map((kill) => ({
        ...kill,
        firstOutputMs: times(kill.firstOutputMs),
        caughtUpMs: times(kill.caughtUpMs),
      }));
      return { ...run, figures: { ...run.figures, kills } };
    }
    case 'sustain':
      return run;
    default:
      return run satisfies never;
  }
}
