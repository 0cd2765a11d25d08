export { jobConfiguration } from './configuration.ts';
export { OwnCluster } from './own-cluster.ts';
