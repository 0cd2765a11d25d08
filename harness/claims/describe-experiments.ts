import { alignTable } from '../../reports/text/index.ts';
import { roughly } from '../run/index.ts';
import type { StandingExperiment } from './experiments.ts';

/** A line an experiment: what would run, how long it takes, and which claims rest on it; last the sum. Without a line break at its end. */
export function describeExperiments(experiments: readonly StandingExperiment[]): string {
  const rows = experiments.map(({ experiment, pair, claims, plan, standing }) => {
    const done = plan.runs.length - standing.runsLeft;
    const runs = `${plan.runs.length} runs${done > 0 ? `, ${done} done` : ''}`;
    const time = standing.runsLeft === 0 ? 'complete' : `about ${roughly(standing.timeLeftMs)}`;
    const texts = [pair, experiment.name, runs, time, claims.join(' '), experiment.title];
    return texts.map((text) => ({ text, paint: 'plain' }) as const);
  });
  const columns = Array.from({ length: 6 }, () => ({ header: [], align: 'left' }) as const);
  return [...alignTable(columns, rows, false), sumOf(experiments)].join('\n');
}

function sumOf(experiments: readonly StandingExperiment[]): string {
  const runs = experiments.reduce((sum, { plan }) => sum + plan.runs.length, 0);
  const left = experiments.reduce((sum, { standing }) => sum + standing.runsLeft, 0);
  const timeMs = experiments.reduce((sum, { standing }) => sum + standing.timeLeftMs, 0);
  const done = left < runs ? ` (${runs - left} of them done)` : '';
  return `experiments: ${experiments.length}, runs: ${runs}${done}, about ${roughly(timeMs)}`;
}
