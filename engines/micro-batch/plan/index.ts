export type {
  AggregatePlan,
  BatchPlan,
  EventTime,
  KeyPlan,
  OutputMode,
  PassThroughPlan,
  PlanOperator,
  PlanStep,
  ProcessPlan,
} from './batch-plan.ts';
export { compilePlan } from './compile-plan.ts';
export { runSteps } from './run-steps.ts';
