import type { BatchPlan, RowFunction, SourcePlan } from './batch-plan.ts';
import { type LogicalPlan, type RowPlan, schemaOf } from './logical-plan.ts';

/** The stages that are run: a list of steps a source, then the operator. */
export function physicalPlan({ planned, children }: LogicalPlan): BatchPlan {
  const found = children.flatMap(sourcesOf);
  const watermarks = [...new Set(found.flatMap(({ watermark }) => watermark ?? []))];
  const sources = found.map(({ source, watermark }) =>
    watermark === undefined || found.length === 1
      ? source
      : { ...source, watermarkNode: watermarks.indexOf(watermark) },
  );
  return { sources, operator: planned.operator };
}

/** A source, and the node of the plan that holds its watermark. */
interface FoundSource {
  readonly source: SourcePlan;
  readonly watermark: RowPlan | undefined;
}

function sourcesOf(rows: RowPlan): readonly FoundSource[] {
  switch (rows.kind) {
    case 'source': {
      const { input, schema, columns, condition } = rows;
      const source = { input, schema, columns, steps: [], watermarkDelayMs: undefined };
      return [{ source: condition === undefined ? source : { ...source, condition }, watermark: undefined }];
    }
    case 'union':
      return rows.children.flatMap(sourcesOf);
    default:
      return sourcesOf(rows.child).map(({ source, watermark }) => ({
        source: withStep(source, rows),
        watermark: holdsWatermark(rows) ? rows : watermark,
      }));
  }
}

function holdsWatermark(rows: RowPlan): boolean {
  return (
    rows.kind === 'watermark' ||
    (rows.kind === 'fused' && rows.functions.some(({ kind }) => kind === 'watermark'))
  );
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
