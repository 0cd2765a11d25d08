import type { EngineName } from '../../engines/pipeline/index.ts';

/** Clusters that are there already, on which the real engines run in place of processes of this machine. */
export interface Clusters {
  /** REST interface of a Flink JobManager. */
  readonly flinkRestUrl?: string;
  /** `spark://HOST:PORT`. */
  readonly sparkMaster?: string;
  /** What ends a process of the cluster abruptly: run by the shell, once for each kill. */
  readonly killCommand?: string;
}

/** The engines that run on an existing cluster: the operating system here says nothing of their processes, nor do their clocks agree with ours. */
export function enginesElsewhere({ flinkRestUrl, sparkMaster }: Clusters): ReadonlySet<EngineName> {
  const engines: EngineName[] = [];
  if (flinkRestUrl !== undefined) engines.push('flink');
  if (sparkMaster !== undefined) engines.push('spark');
  return new Set(engines);
}
