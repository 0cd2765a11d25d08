import { type FieldCondition, fieldsOfCondition } from '../../pipeline/index.ts';
import type { PlanStep, RowFunction, SourcePlan } from './batch-plan.ts';
import type { LogicalPlan, RowPlan } from './logical-plan.ts';
import { childrenOf, schemaOf } from './logical-plan.ts';

/** A plan as lines of text, for people: a node and what stands below it. */
export interface PlanLine {
  readonly label: string;
  readonly children: readonly PlanLine[];
}

const FUNCTION_LENGTH = 70;

const NOT_PUSHED = '(a function: not pushed down)';

/** A logical plan, from the sink down. */
export function describeLogical({ output, planned, children }: LogicalPlan): PlanLine {
  const operator = planned.operator;
  const partial = operator.kind === 'aggregate' && operator.partial ? ', partial per partition' : '';
  return {
    label: `Sink ${output}`,
    children: [{ label: `${planned.label}${partial}`, children: children.map(describeRows) }],
  };
}

/** The stages that are run, from the sink down. */
export function describePhysical({ output, planned }: LogicalPlan, sources: readonly SourcePlan[]): PlanLine {
  const stages = sources.map(describeSource);
  const { operator, label } = planned;
  const below = ((): PlanLine => {
    if (operator.kind === 'pass-through') return { label, children: stages };
    const exchange = (what: string, children: readonly PlanLine[]): PlanLine => ({
      label: `Exchange ${what} by key hash, to the state partitions`,
      children,
    });
    if (operator.kind !== 'aggregate' || operator.partial === false) {
      return { label: `${label}, with state`, children: [exchange('rows', stages)] };
    }
    const partial = stages.map((stage): PlanLine => ({ label: 'PartialAggregate', children: [stage] }));
    return { label: `Final${label}, with state`, children: [exchange('groups', partial)] };
  })();
  return { label: `WriteBatch ${output}`, children: [below] };
}

/** The tree as Spark prints one: `+- ` before the last child of a node, `:- ` before the others. */
export function treeLines({ label, children }: PlanLine): readonly string[] {
  return [
    label,
    ...children.flatMap((child, index) => {
      const isLast = index === children.length - 1;
      const [first, ...rest] = treeLines(child);
      return [`${isLast ? '+- ' : ':- '}${first}`, ...rest.map((line) => `${isLast ? '   ' : ':  '}${line}`)];
    }),
  ];
}

function describeRows(rows: RowPlan): PlanLine {
  return { label: labelOf(rows), children: childrenOf(rows).map(describeRows) };
}

function labelOf(rows: RowPlan): string {
  switch (rows.kind) {
    case 'source': {
      const condition = rows.condition === undefined ? '' : `, only where ${conditionText(rows.condition)}`;
      return `Source ${rows.input} ${columnsText(rows)}${condition}`;
    }
    case 'union':
      return 'Union';
    case 'map':
      return `Map ${functionText(rows.map)} -> ${columnsText(rows)}`;
    case 'filter':
      return rows.condition === undefined
        ? `Filter ${functionText(rows.predicate)} ${NOT_PUSHED}`
        : `Filter ${conditionText(rows.condition)}`;
    case 'watermark':
      return `Watermark ${rows.field}, delay ${rows.delayMs} ms, ${rows.seen === 'by-row' ? 'row by row' : 'maximum of the column'}`;
    case 'fused':
      return `RowPass ${rows.functions.map(rowFunctionText).join('; ')} -> ${columnsText(rows)}`;
  }
}

function describeSource({ input, schema, columns, condition, steps }: SourcePlan): PlanLine {
  const read = [...columns, ...(condition === undefined ? [] : fieldsOfCondition(condition))];
  const checked = Object.keys(schema).filter((name) => !read.includes(name));
  const parts = [
    `DecodeJson ${input} [${columns.join(', ')}]`,
    ...(checked.length === 0 ? [] : [`checked only: [${checked.join(', ')}]`]),
    ...(condition === undefined ? [] : [`PushedFilters: [${conditionText(condition)}]`]),
  ];
  const decode: PlanLine = { label: parts.join(', '), children: [] };
  return steps.reduce<PlanLine>((child, step) => ({ label: stepLabel(step), children: [child] }), decode);
}

function stepLabel(step: PlanStep): string {
  switch (step.kind) {
    case 'watermark':
      return `ColumnMaximum ${step.field}`;
    case 'condition':
      return `ColumnFilter ${conditionText(step.condition)}`;
    case 'rows': {
      const names = Object.keys(step.outputSchema).join(', ');
      return `RowPass ${step.functions.map(rowFunctionText).join('; ')} -> [${names}]`;
    }
  }
}

function rowFunctionText(each: RowFunction): string {
  switch (each.kind) {
    case 'map':
      return `map ${functionText(each.map)}`;
    case 'filter':
      return `filter ${each.condition === undefined ? `${functionText(each.predicate)} ${NOT_PUSHED}` : conditionText(each.condition)}`;
    case 'watermark':
      return `watermark ${each.field}`;
  }
}

function columnsText(rows: RowPlan): string {
  const columns = Object.entries(schemaOf(rows)).map(([name, type]) => `${name}: ${type}`);
  return `[${columns.join(', ')}]`;
}

/** The condition in the words of SQL. */
function conditionText(condition: FieldCondition): string {
  if (condition.kind === 'comparison') {
    const { field, operator, value } = condition;
    return `(${field} ${operator} ${typeof value === 'string' ? `'${value}'` : value})`;
  }
  return `(${condition.conditions.map(conditionText).join(` ${condition.kind} `)})`;
}

/** A function's text on one line, cut where it is long. */
function functionText(each: { toString(): string }): string {
  const text = each.toString().replaceAll(/\s+/g, ' ');
  return text.length > FUNCTION_LENGTH ? `${text.slice(0, FUNCTION_LENGTH)}…` : text;
}
