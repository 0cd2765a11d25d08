import type { LogicalPlan } from '../logical-plan.ts';

/** A change of a plan that leaves its results as they are. Pure; applied to what it gave, it changes nothing. */
export interface Rule {
  readonly name: string;
  /** What it does, in a few words. */
  readonly summary: string;
  readonly apply: (plan: LogicalPlan) => LogicalPlan;
}
