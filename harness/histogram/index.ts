export { LatencyCounts } from './latency-counts.ts';
