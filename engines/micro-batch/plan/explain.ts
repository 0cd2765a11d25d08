import type { Dataflow } from '../../pipeline/index.ts';
import { analyseDataflow } from './analyse-dataflow.ts';
import { describeLogical, describePhysical, treeLines } from './describe.ts';
import type { LogicalPlan } from './logical-plan.ts';
import { physicalPlan } from './physical-plan.ts';
import { RULES, type Rule } from './rules/index.ts';

/** The plans of a valid dataflow as text in the layout of Spark's `explain(true)`, and which rule changed which lines. */
export function explainDataflow(dataflow: Dataflow): string {
  const analysed = analyseDataflow(dataflow);
  let optimised = analysed;
  const changes: string[] = [];
  for (const rule of RULES) {
    const after = rule.apply(optimised);
    changes.push(...changeOf(rule, optimised, after));
    optimised = after;
  }
  const physical = describePhysical(optimised, physicalPlan(optimised).sources);
  return [
    '== Analyzed Logical Plan ==',
    ...treeLines(describeLogical(analysed)),
    '',
    '== Optimized Logical Plan ==',
    ...treeLines(describeLogical(optimised)),
    '',
    '== Physical Plan ==',
    ...treeLines(physical),
    '',
    '== Rules ==',
    ...changes,
    '',
  ].join('\n');
}

function changeOf({ name, summary }: Rule, before: LogicalPlan, after: LogicalPlan): string[] {
  const labels = (plan: LogicalPlan) =>
    treeLines(describeLogical(plan)).map((line) => line.replace(/^(?:[ :]{3}|[:+]- )*/, ''));
  const [old, changed] = [labels(before), labels(after)];
  const gone = old.filter((line) => !changed.includes(line));
  const come = changed.filter((line) => !old.includes(line));
  if (gone.length + come.length === 0) return [`${name}: changed nothing`];
  return [`${name}: ${summary}`, ...gone.map((line) => `  - ${line}`), ...come.map((line) => `  + ${line}`)];
}
