export { loadWorkload } from './all-workloads.ts';
export {
  assembleLog,
  describeLog,
  isModulePath,
  type LogSpecification,
  parseLog,
  type RecordedLog,
  serializeLog,
  TOPIC_PREFIX,
  WORKLOAD_NAMES,
  type WorkloadName,
} from './log/index.ts';
export type { Oracle } from './oracle.ts';
export { type DataflowOptions, OUTPUTS, type Workload } from './workload.ts';
