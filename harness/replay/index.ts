export { loadBacklog, type ReplayReport, startReplay } from './replay.ts';
export { constantRate, type Schedule } from './schedule.ts';
