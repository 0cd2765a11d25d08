export { loadBacklog, type ReplayReport, startReplay } from './replay.ts';
export { constantRate, type Schedule, type ScheduleProfile, scheduleOf } from './schedule.ts';
