import type { EngineName, FaultTarget } from '../../engines/pipeline/index.ts';

/** What notices a fault and what follows, as printed beside the figures. */
export function detectionOf(
  engine: EngineName,
  target: FaultTarget,
  elsewhere: ReadonlySet<EngineName>,
): string {
  switch (engine) {
    case 'event':
    case 'micro-batch':
      return target === 'slot'
        ? 'exit of the worker thread; all slots of the process start anew from the last checkpoint'
        : 'exit of the process, or 5 s without a heartbeat (one each 100 ms); restart at once';
    case 'flink':
      return elsewhere.has('flink')
        ? "the cluster's own: JobManager's heartbeats, its strategy, and what replaces a TaskManager"
        : 'exit of the TaskManager, restart at once; JobManager by its heartbeats, then its strategy';
    case 'spark':
      return target === 'slot'
        ? "the cluster's own: the master replaces the executor"
        : 'exit of the driver, or 60 s of silence (a sign each 2 s); restart at once';
  }
}
