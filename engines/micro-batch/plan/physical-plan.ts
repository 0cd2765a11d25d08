import type { BatchPlan, RowFunction, SourcePlan } from './batch-plan.ts';
import { type LogicalPlan, type RowPlan, schemaOf } from './logical-plan.ts';

/** The stages that are run: a list of steps a source, then the operator. */
export function physicalPlan({ planned, children }: LogicalPlan): BatchPlan {
  return { sources: children.flatMap(sourcesOf), operator: planned.operator };
}

function sourcesOf(rows: RowPlan): readonly SourcePlan[] {
  switch (rows.kind) {
    case 'source': {
      const { input, schema, columns, condition } = rows;
      const source = { input, schema, columns, steps: [], watermarkDelayMs: undefined };
      return [condition === undefined ? source : { ...source, condition }];
    }
    case 'union':
      return rows.children.flatMap(sourcesOf);
    default:
      return sourcesOf(rows.child).map((source) => withStep(source, rows));
  }
}

function withStep(source: SourcePlan, rows: Exclude<RowPlan, { kind: 'source' | 'union' }>): SourcePlan {
  switch (rows.kind) {
    case 'map':
      return rowStep(source, rows, [{ kind: 'map', map: rows.map }]);
    case 'fused': {
      const watermark = rows.functions.find((each) => each.kind === 'watermark');
      const watermarkDelayMs = watermark?.delayMs ?? source.watermarkDelayMs;
      return { ...rowStep(source, rows, rows.functions), watermarkDelayMs };
    }
    case 'filter':
      if (rows.condition === undefined) {
        return rowStep(source, rows, [{ kind: 'filter', predicate: rows.predicate, condition: undefined }]);
      }
      return { ...source, steps: [...source.steps, { kind: 'condition', condition: rows.condition }] };
    case 'watermark': {
      const { field, delayMs } = rows;
      const timed = { ...source, watermarkDelayMs: delayMs };
      if (rows.seen === 'by-row') return rowStep(timed, rows, [{ kind: 'watermark', field, delayMs }]);
      return { ...timed, steps: [...source.steps, { kind: 'watermark', field }] };
    }
  }
}

function rowStep(source: SourcePlan, rows: RowPlan, functions: readonly RowFunction[]): SourcePlan {
  return {
    ...source,
    steps: [...source.steps, { kind: 'rows', functions, outputSchema: schemaOf(rows) }],
  };
}
