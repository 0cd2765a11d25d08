export { replayErrors } from './errors.ts';
export type { ReplayProgress } from './protocol.ts';
export {
  type BacklogTask,
  loadBacklog,
  type Replay,
  type ReplayReport,
  type ReplayTask,
  startReplay,
} from './replay.ts';
export { constantRate, type Schedule, type ScheduleProfile } from './schedule.ts';
