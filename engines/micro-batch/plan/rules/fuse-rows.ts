import type { Schema } from '../../../pipeline/index.ts';
import type { RowFunction } from '../batch-plan.ts';
import { type RowPlan, schemaOf, transformUp, withRows } from '../logical-plan.ts';
import type { Rule } from './rule.ts';

/**
 * Puts neighbouring functions into one pass, so that a row becomes an object once and columns again once (Spark's CollapseProject, and its
 * code generation over a whole stage). A filter that is data joins a pass below it; on columns it stays by itself.
 */
export const fuseRows: Rule = {
  name: 'fuse-rows',
  summary: 'neighbouring maps and filters are one pass over the rows',
  apply: (plan) => withRows(plan, (rows) => transformUp(rows, fuse)),
};

function fuse(rows: RowPlan): RowPlan {
  switch (rows.kind) {
    case 'map':
      return append(rows.child, { kind: 'map', map: rows.map }, rows.schema);
    case 'filter':
      if (rows.condition !== undefined && rows.child.kind !== 'fused') return rows;
      return append(
        rows.child,
        { kind: 'filter', predicate: rows.predicate, condition: rows.condition },
        schemaOf(rows.child),
      );
    case 'watermark':
      if (rows.seen === 'by-column' || rows.child.kind !== 'fused') return rows;
      return append(
        rows.child,
        { kind: 'watermark', field: rows.field, delayMs: rows.delayMs },
        schemaOf(rows.child),
      );
    case 'source':
    case 'union':
    case 'fused':
      return rows;
  }
}

function append(child: RowPlan, added: RowFunction, schema: Schema): RowPlan {
  return child.kind === 'fused'
    ? { ...child, functions: [...child.functions, added], schema }
    : { kind: 'fused', functions: [added], schema, child };
}
