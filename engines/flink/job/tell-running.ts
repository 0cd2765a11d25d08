import type { IncarnationOptions } from '../../pipeline/process/index.ts';
import type { RunningJob } from './running-job.ts';

/** Tells the supervisor what an incarnation began with: the positions of the checkpoint that was restored, and that all tasks run. */
export function tellRunning(
  job: RunningJob,
  { restoredNs, runningNs }: Awaited<ReturnType<RunningJob['untilRunning']>>,
  tell: IncarnationOptions['onMessage'],
): void {
  const progress = job.progress();
  const positions = progress.committedPositions;
  tell({ kind: 'report', atNs: restoredNs, report: { kind: 'restored', positions } });
  tell({ kind: 'running', atNs: runningNs, progress });
}
