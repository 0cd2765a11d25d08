export { parseSchedule } from './parse-schedule.ts';
export type { Schedule, ScheduleProfile } from './profile.ts';
export { constantRate, scheduleOf } from './schedule.ts';
