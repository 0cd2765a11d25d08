import type { Result, Run } from '../../model/index.ts';
import { fixtureResult } from '../../testing/index.ts';

/** Invented results of one cell, one a day: p50 and drain rate with a little noise, p50 a fifth higher from the one numbered `step`. */
export function plantedResults(count: number, step: number): readonly Result[] {
  const whole = fixtureResult();
  return Array.from({ length: count }, (_, i): Result => {
    const wobble = 1 + (((i * 7) % 5) - 2) / 200;
    const factor = wobble * (i < step ? 1 : 1.2);
    return {
      ...whole,
      createdAt: new Date(Date.UTC(2026, 0, 1 + i, 3, 4, 5)).toISOString(),
      tool: { version: '0.1.0', gitCommit: (0xabc000 + i).toString(16), gitDirty: i === 1 },
      cells: whole.cells.slice(0, 1).map((cell) => ({
        ...cell,
        runs: cell.runs.filter(({ kind }) => kind !== 'recovery').map((run) => scaled(run, factor, wobble)),
      })),
    };
  });
}

function scaled(run: Run, latency: number, drain: number): Run {
  if (run.kind === 'latency' && run.figures !== null) {
    const scaledLatency = { ...run.figures.latency, p50: 5_000 * latency };
    return { ...run, figures: { ...run.figures, latency: scaledLatency } };
  }
  if (run.kind === 'drain' && run.figures !== null) {
    return { ...run, figures: { ...run.figures, eventsPerSecond: 120_000 * drain } };
  }
  return run;
}
