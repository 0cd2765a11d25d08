export { TimerService } from './timer-service.ts';
