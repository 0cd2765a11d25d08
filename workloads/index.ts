export { ALL_WORKLOADS, getWorkload } from './all-workloads.ts';
export { workloadErrors } from './errors.ts';
export {
  describeLog,
  type EventTimeDescription,
  type LogDescription,
  type LogSpecification,
  parseLog,
  parseLogSpecification,
  type RecordedLog,
  serializeLog,
  WORKLOAD_NAMES,
  type WorkloadName,
} from './log/index.ts';
export type { Oracle, OutputVerdict } from './oracle.ts';
export { type DataflowOptions, OUTPUTS, type Workload } from './workload.ts';
