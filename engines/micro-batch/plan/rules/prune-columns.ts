import type { Schema } from '../../../pipeline/index.ts';
import { fieldsOfCondition } from '../../../pipeline/index.ts';
import { type RowPlan, selectColumns } from '../logical-plan.ts';
import type { Rule } from './rule.ts';

type Needed = ReadonlySet<string> | 'all';

/**
 * Keeps only the columns that something above reads (Spark's ColumnPruning). A function may read anything of a row, so everything
 * below one stays; what it returns is cut down.
 */
export const pruneColumns: Rule = {
  name: 'prune-columns',
  summary: 'columns that nothing reads are not kept',
  apply: (plan) => {
    const { reads } = plan.planned;
    const needed = reads === 'all' ? reads : new Set(reads);
    return { ...plan, children: plan.children.map((rows) => prune(rows, needed)) };
  },
};

function prune(rows: RowPlan, needed: Needed): RowPlan {
  switch (rows.kind) {
    case 'source':
      return { ...rows, columns: rows.columns.filter((name) => needed === 'all' || needed.has(name)) };
    case 'union':
      return { ...rows, children: rows.children.map((child) => prune(child, needed)) };
    case 'map':
    case 'fused':
      return { ...rows, schema: select(rows.schema, needed), child: prune(rows.child, 'all') };
    case 'filter':
      return {
        ...rows,
        child: prune(
          rows.child,
          rows.condition === undefined ? 'all' : adding(needed, fieldsOfCondition(rows.condition)),
        ),
      };
    case 'watermark':
      return { ...rows, child: prune(rows.child, adding(needed, [rows.field])) };
  }
}

function adding(needed: Needed, names: readonly string[]): Needed {
  return needed === 'all' ? needed : new Set([...needed, ...names]);
}

function select(schema: Schema, needed: Needed): Schema {
  return needed === 'all' ? schema : selectColumns(schema, [...needed]);
}
