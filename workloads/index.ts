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
} from './log/index.ts';
export type { Oracle } from './oracle.ts';
export { type DataflowOptions, OUTPUTS } from './workload.ts';
