export { TimerQueue } from './timer-queue.ts';
export { TimerService } from './timer-service.ts';
