export {
  type LogSpecification,
  type RecordedLog,
  WORKLOAD_NAMES,
  type WorkloadName,
} from './log/recorded-log.ts';
export type { Oracle, OutputVerdict } from './oracle.ts';
export { type DataflowOptions, OUTPUTS, type Workload } from './workload.ts';
