export { FRAMEWORK_HEAP_MB, jobConfiguration } from './configuration.ts';
export { causeInLog } from './log-cause.ts';
export { OwnCluster } from './own-cluster.ts';
