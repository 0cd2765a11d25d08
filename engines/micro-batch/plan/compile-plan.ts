import type { Dataflow } from '../../pipeline/index.ts';
import { analyseDataflow } from './analyse-dataflow.ts';
import type { BatchPlan } from './batch-plan.ts';
import type { LogicalPlan } from './logical-plan.ts';
import { physicalPlan } from './physical-plan.ts';
import { RULES, type Rule } from './rules/index.ts';

/** Turns a valid dataflow into what is run: logical plan, rules, stages (Spark's QueryExecution). */
export function compilePlan(dataflow: Dataflow, rules: readonly Rule[] = RULES): BatchPlan {
  return physicalPlan(optimise(analyseDataflow(dataflow), rules));
}

/** The plan after all rules, each applied once in its turn. */
export function optimise(plan: LogicalPlan, rules: readonly Rule[] = RULES): LogicalPlan {
  return rules.reduce((before, rule) => rule.apply(before), plan);
}
