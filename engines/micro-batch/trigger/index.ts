export {
  type Admission,
  AdmissionControl,
  type AdmissionLimits,
  type AdmittedRange,
  recordsBetween,
} from './admission.ts';
export { BatchLoop } from './batch-loop.ts';
export type { Intake, Trigger } from './trigger.ts';
export { withTimers } from './trigger-clock.ts';
