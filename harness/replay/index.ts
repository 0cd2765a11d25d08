export { replayErrors } from './errors.ts';
export { lagBetween } from './lag.ts';
export { loadBacklog, type Replay, startReplay } from './replay.ts';
export type { ReplayReport } from './report.ts';
export {
  constantRate,
  parseSchedule,
  type Schedule,
  type ScheduleProfile,
  scheduleOf,
} from './schedule/index.ts';
