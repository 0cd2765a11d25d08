import type { MachineUse } from '../../reports/model/index.ts';
import type { MachineCpu } from './proc-text.ts';

/** CPU time of the whole machine and of our own processes at one instant. */
export interface MachineSample {
  readonly atNs: bigint;
  readonly machine: MachineCpu;
  /** CPU seconds of harness, engine and broker together; what a process that ended had used stays in. Null where one of them is not known. */
  readonly ownSeconds: number | null;
}

/**
 * What else used the machine between two samples, as shares of all its cores. Processes that our own started and that have ended unseen
 * count as foreign, and so does what one of ours used after its last sample.
 */
export function machineUseOf(before: MachineSample, after: MachineSample): MachineUse {
  const totalSeconds = after.machine.totalSeconds - before.machine.totalSeconds;
  if (totalSeconds <= 0) return { foreignCpuShare: null, stolenCpuShare: null };
  const processSeconds = after.machine.processSeconds - before.machine.processSeconds;
  const stolenSeconds = after.machine.stolenSeconds - before.machine.stolenSeconds;
  const share = (seconds: number): number => Math.min(1, Math.max(0, seconds / totalSeconds));
  return {
    foreignCpuShare:
      before.ownSeconds === null || after.ownSeconds === null
        ? null
        : share(processSeconds - (after.ownSeconds - before.ownSeconds)),
    stolenCpuShare: share(stolenSeconds),
  };
}
