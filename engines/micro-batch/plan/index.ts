export type { AggregatePlan } from './aggregate-plan.ts';
export type { BatchPlan, KeyPlan, PlanOperator, SourcePlan } from './batch-plan.ts';
export { compilePlan } from './compile-plan.ts';
export { explainDataflow } from './explain.ts';
export type { GroupStatePlan } from './group-state-plan.ts';
export type { ProcessPlan } from './process-plan.ts';
export { runSteps, type SteppedBatch } from './run-steps.ts';
