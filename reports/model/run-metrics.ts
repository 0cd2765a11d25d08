import type { MetricId } from './metrics.ts';
import type { Run } from './run.ts';

/** The metrics of one run on its own; null where it has none. */
export function runMetrics(run: Run): Partial<Record<MetricId, number | null>> {
  if (run.figures === null) return {};
  switch (run.kind) {
    case 'latency':
      return {
        'latency-p50': run.figures.latency.p50,
        'latency-p99': run.figures.latency.p99,
        'latency-p999': run.figures.latency.p999,
        'cpu-per-million': run.cost?.cpuSecondsPerMillionEvents ?? null,
        'peak-rss': peakRssMb(run),
      };
    case 'drain':
      return {
        'drain-rate': run.figures.eventsPerSecond,
        'drain-cold-rate': run.figures.coldEventsPerSecond,
        'cpu-per-million-draining': run.cost?.cpuSecondsPerMillionEvents ?? null,
      };
    case 'recovery':
      return {
        'recovery-first-output': middle(run.figures.kills.map((kill) => kill.firstOutputMs)),
        'recovery-caught-up': middle(run.figures.kills.map((kill) => kill.caughtUpMs)),
      };
    case 'sustain':
      return {
        'sustainable-rate': run.figures.limitedBy === 'engine' ? run.figures.sustainablePerSecond : null,
      };
    default:
      return run satisfies never;
  }
}

/** The median; null where a value is missing, as it would be among the longest. */
function middle(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const upper = known[known.length >> 1];
  const lower = known[(known.length - 1) >> 1];
  if (known.length < values.length || upper === undefined || lower === undefined) return null;
  return (lower + upper) / 2;
}

function peakRssMb({ cost }: Run): number | null {
  return cost === null ? null : cost.processes.reduce((sum, process) => sum + process.peakRssMb, 0);
}
