export type {
  AggregatePlan,
  BatchPlan,
  KeyPlan,
  PlanOperator,
  ProcessPlan,
  SourcePlan,
} from './batch-plan.ts';
export { compilePlan } from './compile-plan.ts';
export { runSteps } from './run-steps.ts';
