import fc from 'fast-check';
import { getWorkload } from '../all-workloads.ts';
import type { RecordedLog, WorkloadName } from '../log/index.ts';

/** Small logs of a workload over seeds, sizes, keys, skew and shares. */
export function anyLog(workload: WorkloadName): fc.Arbitrary<RecordedLog> {
  const eventTime = workload === 'regional-revenue';
  return fc
    .record({
      seed: fc.integer({ min: 0, max: 0xffff_ffff }),
      events: fc.integer({ min: 200, max: 600 }),
      partitions: fc.integer({ min: 1, max: 3 }),
      keys: fc.integer({ min: 12, max: 40 }),
      skew: fc.constantFrom(0, 0.5),
      disorderShare: eventTime ? fc.constantFrom(0, 0.2, 1) : fc.constant(0),
      lateShare: fc.constant(0),
      brokenShare: fc.constantFrom(0, 0.05),
    })
    .map((knobs) => getWorkload(workload).generate({ ...knobs, workload }));
}
