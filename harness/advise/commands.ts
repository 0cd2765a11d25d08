import type { MeasurementRequest, Objective } from '../../reports/advice/index.ts';
import { KILLS, LATENCY_REPEATS, logOfKeys, profilesOf, recordsThatFill } from './cells.ts';

/** The options of `crosscurrent advise` that ask for an objective. */
export function objectiveOptions(objective: Objective): readonly string[] {
  const { workload, latencyLimits, recoveryMs, guarantee, keys, cpuSecondsPerMillion, needs, estate } =
    objective;
  const slo = latencyLimits.map(({ percentile, limitMs }) => `p${percentile}=${limitMs}ms`).join(',');
  return [
    ...['--workload', workload, '--rate', String(objective.ratePerSecond)],
    ...(slo === '' ? [] : ['--slo', slo]),
    ...(recoveryMs === null ? [] : ['--recovery', `${recoveryMs}ms`]),
    ...(guarantee === 'at-least-once' ? [] : ['--guarantee', guarantee]),
    ...(keys === null ? [] : ['--keys', String(keys)]),
    ...(cpuSecondsPerMillion === null ? [] : ['--cost', `cpu=${cpuSecondsPerMillion}`]),
    ...(needs.length === 0 ? [] : ['--needs', needs.join(',')]),
    ...(estate === 'none' ? [] : ['--estate', estate]),
    ...(objective.batchOnSameCode ? ['--batch-on-same-code'] : []),
  ];
}

/** Command lines that measure what a request lacks: what `runsOfRequest` plans. */
export function measuringCommands(request: MeasurementRequest): readonly string[] {
  const { workload, engines, guarantee, ratePerSecond, keys, measures } = request;
  const shared = [
    ...['--workload', workload, '--engine', engines.join(','), '--profile', profilesOf(request).join(',')],
    ...(guarantee === 'at-least-once' ? [] : ['--guarantee', guarantee]),
    ...['--rate', String(ratePerSecond)],
  ];
  const log = logOfKeys(keys);
  const keyed = log.keys === undefined ? [] : ['--keys', String(log.keys), '--skew', '0'];
  return measures.map((measure) => {
    if (measure === 'latency') {
      const repeats = ['--measure', 'latency', '--repeats', String(LATENCY_REPEATS)];
      return commandLine(['run', ...shared, ...keyed, ...repeats, '--out', 'results/advise-latency']);
    }
    const filled = log.keys === undefined ? [] : ['--fill', String(recordsThatFill(log.keys, keys))];
    const kills = ['--kills', String(KILLS)];
    return commandLine([
      'recover',
      ...shared,
      ...keyed,
      ...filled,
      ...kills,
      '--out',
      'results/advise-recovery',
    ]);
  });
}

/** A command line that a shell takes as it is. */
export function commandLine(parts: readonly string[]): string {
  return ['npx', 'crosscurrent', ...parts].map(quoted).join(' ');
}

function quoted(part: string): string {
  return /^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", `'\\''`)}'`;
}
